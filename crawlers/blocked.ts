// Answers that are no content: challenge pages of web application firewalls, told by kind, and pages that say "not found" with
// a 200. Classified and kept as evidence; nothing here tries to get past them. Pure.

interface Signature {
  kind: string;
  status?: number[];
  header?: RegExp;
  body?: RegExp;
  /** In what a reader with scripts is shown: many real pages ask the others to switch them on. */
  shown?: RegExp;
}

/** Kinds and signs as crawling research §3.7 lists them. Order matters: the special before the general. */
const signatures: Signature[] = [
  { kind: 'jiasule', status: [521, 512], header: /__jsluid|__jsl_clearance/i },
  { kind: 'jiasule', status: [521, 512], body: /__jsl_clearance|document\.cookie|location\.(?:href|pathname)/i },
  { kind: 'jiasule', body: /__jsl_clearance(?:_s)?\s*=|jsl-verify|知道创宇/i },
  { kind: 'ruishu', status: [412, 202], header: /FSSBBIl1UgzbN7N|80T=|80S=/i },
  { kind: 'ruishu', status: [412, 202, 400], body: /\$_ts\s*(?:=|\[|\.)|_\$[a-z0-9]{2}\(/i },
  { kind: 'ruishu', body: /\$_ts\s*=\s*window\[/ },
  { kind: 'wzws', body: /wzws[_-]?(?:challenge|cid|confirm|parse|waf)|WZWS|请开启JavaScript并刷新该页/ },
  { kind: 'wzws', status: [491, 404, 403], header: /wzws-ray|wzws-/i },
  { kind: 'cookie_script', body: /HOY_TR/ },
  { kind: 'dianxin', status: [405, 403], body: /电信云防护|天翼云.{0,20}(?:防护|WAF)|CTYUN/i },
  {
    kind: 'aliyun',
    status: [405, 403, 200],
    body: /errors\.aliyun\.com|acw_sc__v2\s*=|_waf_is_mobile|traceid.{0,80}aliyun/i,
  },
  { kind: 'yunsuo', body: /yunsuo_session_verify|security_session_verify|网站防火墙.{0,30}云锁/i },
  { kind: 'safedog', body: /safedog|网站防火墙.{0,40}安全狗|safedogsite/i },
  { kind: '360', body: /wzws\.360\.cn|360网站卫士|anquan\.360|奇安信网站卫士/ },
  { kind: 'baidu', body: /yunjiasu-nginx|百度云加速|安全检查中.{0,40}云加速/ },
  {
    kind: 'cloudflare',
    status: [403, 429, 503],
    body: /cf-browser-verification|challenge-platform|cf_chl_opt|Attention Required! \| Cloudflare/i,
  },
  { kind: 'cloudflare', body: /_cf_chl_opt/ },
  { kind: 'incapsula', body: /_Incapsula_Resource|Incapsula incident ID/i },
  { kind: 'tencent', body: /waf\.tencent-?cloud|\/WafCaptcha|T-Sec.{0,10}(?:Web|WAF)/i },
  { kind: 'huawei', body: /华为云.{0,20}(?:WAF|Web应用防火墙)/i },
  { kind: 'safeline', body: /safeline|chaitin|长亭.{0,20}(?:WAF|雷池)|雷池.{0,10}WAF/i },
  { kind: 'dbappsecurity', body: /玄武盾|明御.{0,12}(?:WAF|防火墙)|dbappsecurity/i },
  { kind: 'nsfocus', body: /nsfocus|绿盟.{0,20}(?:WAF|防火墙|拦截)/i },
  { kind: 'dshield', body: /D盾_拦截提示|D盾.{0,20}拦截/ },
  { kind: 'chuangyudun', body: /创宇盾|yunaq\.com/i },
  // F5's answer with 200: no name of its own, always these words.
  { kind: 'f5', body: /The requested URL was rejected\..{0,80}support ID/is },
  {
    kind: 'waf',
    shown:
      /(?:安全|人机|滑块|滑动)验证.{0,60}(?:拖动|滑块|滑动|点击|完成|captcha)|(?:拖动|滑动).{0,10}滑块.{0,30}验证|正在(?:进行)?(?:检查|检测|验证).{0,8}(?:您|你)?的?(?:浏览器|访问环境)|Checking your browser|(?:请|需要?)(?:开启|启用|允许)\s*(?:浏览器的?)?\s*(?:JavaScript|Cookie)/i,
  },
  {
    kind: 'waf',
    body: /(?:您的|你的|此)?(?:请求|访问)(?:行为)?(?:带有不合法参数|存在(?:安全)?(?:威胁|风险|异常)|已被(?:管理员)?(?:设置)?(?:的)?(?:拦截|阻断|禁止)|被拦截|可能(?:存在|对网站造成)(?:安全)?威胁)|访问(?:过于|太)频繁.{0,30}(?:验证|稍后)|(?:Web应用|网站)防火墙|请(?:完成|进行|输入).{0,8}(?:安全)?验证(?:码)?.{0,20}(?:继续|访问)|waf-?block/i,
  },
];

/** A challenge is short: real pages that merely speak of firewalls are long. */
const longestChallenge = 20_000;
/** Script challenges (Ruishu) are longer than plain ones. */
const longestScriptChallenge = 120_000;

/**
 * The kind of challenge an answer is, null where it is none.
 * Takes the status, the headers (lower-case names, `set-cookie` joined) and the decoded body.
 */
export function challengeKind(status: number, headers: Record<string, string>, body: string): string | null {
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  // Only statuses of their own make a challenge certain; everything else has to be short.
  const visible = body.length > longestScriptChallenge ? mostVisible + 1 : visibleLength(body);
  const long = visible > mostVisible;
  const start = body.slice(0, longestScriptChallenge);
  for (const signature of signatures) {
    const certain = signature.status !== undefined && !signature.status.includes(200);
    if (signature.status && !signature.status.includes(status)) continue;
    if (!certain && (long || (status >= 200 && status < 300 && body.length > longestChallenge && visible > 200)))
      continue;
    if (signature.header && !signature.header.test(head)) continue;
    if (signature.body && !signature.body.test(start)) continue;
    if (signature.shown && !signature.shown.test(start.replace(/<noscript\b[\s\S]*?<\/noscript\s*>/gi, ''))) continue;
    return signature.kind;
  }
  return status === 200 && visible === 0 && setsCookieAndReloads(start) ? 'cookie_script' : null;
}

/** A page that shows nothing, sets a cookie by a script and asks for itself again wants proof of a browser, whoever made it. */
const setsCookieAndReloads = (body: string): boolean =>
  /document\s*\.\s*cookie\s*=(?!=)/.test(body) &&
  /location\s*\.\s*(?:reload|replace|assign)\s*\(|location(?:\s*\.\s*href)?\s*=(?!=)/.test(body);

/** More visible text than this is no challenge page. */
const mostVisible = 600;

/**
 * Visible characters of a page, counted no further than `most` + 1: real pages, which are nearly all, are left early.
 */
export function visibleLength(body: string, most = mostVisible): number {
  let count = 0;
  let at = 0;
  while (at < body.length && count <= most) {
    const sign = body[at]!;
    if (sign === '<') at = afterMarkup(body, at);
    else {
      if (sign > ' ') count += 1;
      at += 1;
    }
  }
  return count;
}

/** The place behind a tag or comment, and behind the whole element where it is script, style or noscript. */
function afterMarkup(body: string, at: number): number {
  const behind = (mark: string, from: number): number => {
    const found = body.indexOf(mark, from);
    return found < 0 ? body.length : found + mark.length;
  };
  if (body.startsWith('<!--', at)) return behind('-->', at);
  const name = /^<(script|style|noscript)\b/i.exec(body.slice(at, at + 10))?.[1]?.toLowerCase();
  if (!name) return behind('>', at);
  let from = at + 1;
  for (;;) {
    const close = behind('</', from);
    if (close >= body.length || body.slice(close, close + name.length).toLowerCase() === name)
      return behind('>', close);
    from = close;
  }
}

const missingWords =
  /(?:页面|网页|文章|信息|内容|栏目|文件|资源|链接)(?:已|可能)?(?:经)?(?:不存在|没有找到|未找到|找不到|被删除|已删除|已被删除|已失效|已下线|飞走了)|(?:找不到|没有找到|未找到)(?:您|你)?(?:要|所|想要|想)?(?:访问|查找|请求|浏览|打开)?的?(?:该)?(?:页面|网页|文章|内容|资源)|(?:对不起|抱歉)[,，!！]?.{0,20}(?:不存在|找不到|已删除|被删除)/;
const missingTitle =
  /^\s*(?:404(?=\s*(?:$|[^\p{Script=Han}\d\s]|页面|错误|未找到|出错))|page not found|not found|找不到|页面不存在|出错)/iu;
/** Only in a short title: a long one may speak of such pages. */
const missingInTitle = /404\s*(?:页面|错误|error|not found)|找不到(?:页面|网页)|页面不存在/i;

/** A page with more visible text than this has something else to say. */
export const soft404Length = 300;

/**
 * Whether a 200 says that the page is not there: by its title, or by a short text that says little else. `text` is null where the
 * page is long.
 */
export function isSoft404(title: string, text: string | null): boolean {
  if (missingTitle.test(title)) return true;
  if (title.length <= 20 && missingInTitle.test(title) && !/^关于/.test(title)) return true;
  const visible = text?.replace(/\s+/g, '') ?? '';
  return visible.length < soft404Length && missingWords.test(visible);
}
