// Challenge pages by kind (crawling research §3.7) and soft 404s; and real pages that only speak of such things.
import { describe, expect, it } from 'vitest';
import { challengeKind, isSoft404 } from '../../crawlers/blocked.js';

const page = (body: string): string => `<html><head><title>青禾县教育局</title></head><body>${body}</body></html>`;

describe('challenge pages', () => {
  it.each<[string, number, Record<string, string>, string]>([
    ['jiasule', 521, { 'set-cookie': '__jsluid_h=ab12; path=/' }, '<script>document.cookie="x"</script>'],
    ['jiasule', 512, {}, '<script>document.cookie=("_")+("_jsl_clearance");location.href=location.pathname</script>'],
    ['ruishu', 412, {}, '<meta content="x"><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script>'],
    ['ruishu', 202, { 'set-cookie': 'FSSBBIl1UgzbN7N80S=ab; Path=/' }, '<html></html>'],
    ['wzws', 200, {}, page('<script>var wzws_challenge="1"</script>请开启JavaScript并刷新该页.')],
    ['wzws', 404, { 'wzws-ray': '1158-ab' }, ''],
    ['cookie_script', 200, {}, '<script>var HOY_TR="ab"; document.cookie=1</script>'],
    ['dianxin', 405, {}, page('电信云防护：您的访问被阻断')],
    ['aliyun', 405, {}, page('<img src="https://errors.aliyun.com/images/x.png">')],
    ['cloudflare', 403, {}, '<title>Attention Required! | Cloudflare</title>'],
    ['waf', 403, {}, page('您的请求带有不合法参数，已被网站管理员设置拦截！')],
    ['waf', 200, {}, page('访问过于频繁，请输入验证码后继续访问')],
    [
      'cookie_script',
      200,
      {},
      '<script>var k=7*6; document.cookie = "pass=" + k + ";path=/"; location.reload();</script>',
    ],
    [
      'cookie_script',
      200,
      {},
      '<html><body><script>document.cookie="a=b";window.location.href=window.location.href</script></body></html>',
    ],
    ['cloudflare', 200, {}, '<script>window._cf_chl_opt={cvId:"3"}</script><noscript>Enable JavaScript</noscript>'],
    ['incapsula', 200, {}, '<iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe>'],
    [
      'f5',
      200,
      {},
      page('The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 77'),
    ],
    ['safeline', 200, {}, page('<script src="/.safeline/challenge.js"></script>')],
    ['dbappsecurity', 200, {}, page('玄武盾：您的访问被拦截')],
    ['dshield', 200, {}, '<title>D盾_拦截提示</title>'],
    ['chuangyudun', 403, {}, page('当前访问疑似攻击，已被创宇盾拦截')],
    ['tencent', 200, {}, '<script src="/WafCaptcha/a.js"></script>'],
    ['waf', 200, {}, page('<h3>安全验证</h3><p>请拖动下方滑块完成拼图</p>')],
    ['waf', 200, {}, page('正在检查您的浏览器，请稍候……')],
    ['waf', 200, {}, page('请启用 JavaScript 后继续访问本站')],
  ])('%s at %i', (kind, status, headers, body) => {
    expect(challengeKind(status, headers, body)).toBe(kind);
  });

  it.each<[number, Record<string, string>, string]>([
    [200, {}, page(`<p>${'全县学校加强网络安全，部署网站防火墙，请求被拦截的攻击大为减少。'.repeat(30)}</p>`)],
    [200, {}, page('<div id="app"></div><noscript>请启用 JavaScript 后继续访问本站</noscript>')],
    // A real page with a script that counts visits by a cookie.
    [200, {}, page('<p>青禾县公布学校名单</p><script>document.cookie="seen=1"; if (old) location.reload()</script>')],
    [
      200,
      {},
      page(`<p>${'各校开展人机验证、滑块等网络安全知识讲座，提示学生请开启Cookie后填写问卷。'.repeat(25)}</p>`),
    ],
    [404, {}, page('页面不存在')],
    [403, {}, page('Forbidden')],
    [503, { 'retry-after': '3' }, 'Service Unavailable'],
    [200, {}, ''],
  ])('a page at %i is none', (status, headers, body) => {
    expect(challengeKind(status, headers, body)).toBeNull();
  });

  it('is quick on a long page', () => {
    const body = page(`<p>${'学校建设进展顺利。'.repeat(100)}</p>`.repeat(1500));
    const begun = process.cpuUsage();
    for (let k = 0; k < 20; k++) challengeKind(200, {}, body);
    // Megabytes twenty times: one look that comes back from each place takes minutes.
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(4000);
  });
});

describe('pages that say "not found" with a 200', () => {
  it.each<[string, string, boolean]>([
    ['404', '', true],
    ['提示信息', '对不起，您访问的页面不存在或已被删除', true],
    ['青禾县教育局', '抱歉，该文章已被删除', true],
    ['找不到页面', '返回首页', true],
    ['工作动态', '青禾县新建404所学校', false],
    ['关于清理页面不存在的链接的通知', '各学校：'.repeat(200), false],
    ['', '', false],
  ])('%s / %s: %s', (title, text, missing) => {
    expect(isSoft404(title, text)).toBe(missing);
  });
});
