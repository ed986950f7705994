// Pages that send their reader elsewhere at once, in the ways in which templates write it, and pages that only seem to.
import { describe, expect, it } from 'vitest';
import { ReadPage } from '../../crawlers/html.js';
import { signpost } from '../../crawlers/signpost.js';

const base = 'http://www.qinghe.test/xwzx/jyxw/index.html';
const target = (html: string): string | null => {
  const found = signpost(new ReadPage(base, `<html><head><title>教育新闻</title></head><body>${html}</body></html>`));
  return found === null ? null : found.replace('http://www.qinghe.test', '');
};
const text = `<p>${'青禾县新建学校，群众满意。'.repeat(30)}</p>`;

describe('meta refresh', () => {
  it.each<[string, string | null]>([
    ['<meta http-equiv="refresh" content="0; url=/new/">', '/new/'],
    ["<META HTTP-EQUIV='Refresh' CONTENT='3;URL=\"/new/\"'>", '/new/'],
    ['<meta content="0;url=/new/" http-equiv=refresh>', '/new/'],
    ['<meta http-equiv=Refresh content=0;url=/new/>', '/new/'],
    ['<meta http-equiv="refresh" content="0;/new/">', '/new/'],
    ['<meta http-equiv="refresh" content="1 url=/new/">', '/new/'],
    ['<meta http-equiv="refresh" content="0; URL=/new/?a=1&amp;b=2">', '/new/?a=1&b=2'],
    ['<noscript><meta http-equiv="refresh" content="0;url=/new/"></noscript>', '/new/'],
    [`<noscript><meta http-equiv="refresh" content="0;url=/noscript.html"></noscript>${text}`, null],
    [`<!-- <meta http-equiv="refresh" content="0;url=/old/"> -->${text}`, null],
    [`<script>document.write('<meta http-equiv="refresh" content="0;url=/old/">')</script>${text}`, null],
    ['<meta http-equiv="refresh" content="300">', null],
    ['<meta http-equiv="refresh" content="5">', null],
    ['<meta http-equiv="refresh" content="60; url=/new/">', null],
  ])('%s', (html, found) => {
    expect(target(html)).toBe(found);
  });
});

describe('a script that sets the location', () => {
  it.each<[string, string | null]>([
    ['<script>location.href="/new/";</script>', '/new/'],
    ["<script>window.location.replace('/new/')</script>", '/new/'],
    ['<SCRIPT LANGUAGE="JavaScript">top.location="/new/"</SCRIPT>', '/new/'],
    ["<script>self.location = 'new.html'</script>", '/xwzx/jyxw/new.html'],
    ['<script>window.top.location.href = `/new/`</script>', '/new/'],
    ['<script>parent.location.assign ( "/new/" )</script>', '/new/'],
    ['<script>window["location"] = "/new/";</script>', '/new/'],
    ['<script>window.navigate("/new/");</script>', '/new/'],
    ['<script>window.location.href = "/new" + "/" + \'a.html\';</script>', '/new/a.html'],
    [
      '<script>var dir = "/new/"; var page = 12;\nlocation.href = dir + "index_" + page + ".html";</script>',
      '/new/index_12.html',
    ],
    ['<script>location.href = location.protocol + "//" + window.location.host + "/new/";</script>', '/new/'],
    ['<script>setTimeout("location.href=\'/new/\'", 500)</script>', '/new/'],
    ['<script>setTimeout(function(){ window.location = "/new/" }, 1000)</script>', '/new/'],
    ['<script>setTimeout(() => { location.replace("/new/"); }, 0)</script>', '/new/'],
    ['<script>(function(){ location.href="/new/" })();</script>', '/new/'],
    ['<script>$(function(){ location.href="/new/" });</script>', '/new/'],
    ['<script>window.onload = function(){ location.href="/new/" }</script>', '/new/'],
    ['<script>function go(){ location.href="/new/" } go();</script>', '/new/'],
    ['<script>function go(){ location.href="/new/" }</script><body onload="go()">', '/new/'],
    [
      '<script>if (/Android|iPhone/i.test(navigator.userAgent)) { location.href = "/m/"; } else { location.href = "/new/"; }</script>',
      '/new/',
    ],
    ['<script>if (isMobile()) location.href = "/m/";</script>', null],
    ['<script>function go(){ location.href="/new/" }</script><a onclick="go()">x</a>', null],
    ['<script>document.getElementById("a").onclick = function(){ location.href="/new/" }</script>', null],
    ['<script>$("#a").click(function(){ location.href="/new/" })</script>', null],
    ['<script>if (top != self) top.location = self.location;</script>', null],
    ['<script>location.href = address();</script>', null],
    ['<script>var a = "x=location.href=/new/";</script>', null],
    ['<script>/* location.href="/old/" */</script>', null],
    ['<script>if (location.href == "/new/") show();</script>', null],
    [`<script>location.href="/new/";</script>${text}`, null],
    ['<p>location.href="/new/"</p>', null],
  ])('%s', (html, found) => {
    expect(target(html)).toBe(found);
  });
});
