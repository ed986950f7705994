// An archived page that tries to run, to reach the network, to hide the passage and to break out of our markup. Our own text.
export const hostilePage = (origin: string): string => `<!doctype html><html onload="ran('html')"><head>
<meta charset="utf-8"><title>示例县教育工作</title><script>ran('head')</script>
<meta http-equiv="refresh" content="0;url=${origin}/steal/refresh"><base href="${origin}/steal/base/">
<link rel="stylesheet" href="${origin}/steal/style.css"><link rel="preload" as="image" href="${origin}/steal/preload.png">
<style>@import "${origin}/steal/import.css"; body{background:url(${origin}/steal/background.png)} p{display:none!important}
@font-face{font-family:x;src:url(${origin}/steal/font.woff)}</style></head>
<body onload="ran('body')" background="${origin}/steal/body.png" style="background-image:url(${origin}/steal/inline.png)">
<div class="menu"><a href="javascript:ran('link')" onclick="ran('click')">首页</a><a href="${origin}/steal/a" ping="${origin}/steal/ping">新闻</a></div>
<h1 onmouseover="ran('h1')">示例县教育工作</h1>
<div>发布时间：2024-05-20 来源：示例县教育局</div>
<div id="zoom">
<img src="${origin}/steal/img.png" srcset="${origin}/steal/set.png 2x" onerror="ran('img')" alt='"><script>ran("alt")</script>'>
<svg onload="ran('svg')"><image href="${origin}/steal/svg.png"/><script>ran('svgscript')</script><a xlink:href="javascript:ran('xlink')">图</a></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=ran('mxss')&gt;"></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=ran('noscript')>">无脚本</p></noscript>
<textarea></textarea><img src=x onerror=ran('textarea')></textarea>
<iframe src="${origin}/steal/frame.html" srcdoc="<script>parent.ran('srcdoc')</script>"></iframe><object data="${origin}/steal/object.swf"></object>
<embed src="${origin}/steal/embed.swf"><video src="${origin}/steal/video.mp4" autoplay poster="${origin}/steal/poster.png"></video>
<audio src="${origin}/steal/audio.mp3" autoplay></audio><form action="${origin}/steal/form"><input autofocus onfocus="ran('focus')"><button formaction="javascript:ran('form')">提交</button></form>
<p onclick="ran('p')" style="position:fixed;top:0;left:0;width:100%;height:100%;background:url('${origin}/steal/p.png')">全县现有小学47所，在校学生1.86万人，专任教师1,204名，今年投入3,600万元改善办学条件。</p>
<p>教师培训经费为&#50;80万元，比上年增加&lt;script&gt;ran('entity')&lt;/script&gt;三成。</p>
<table><tr><th>学校</th><th>学生数（人）</th><th>教师数（人）</th></tr><tr><td>实验小学</td><td>1250</td><td>86</td></tr><tr><td>城关小学</td><td>970</td><td>64</td></tr></table>
<custom-element onclick="ran('custom')"><p is="x-y" slot=z>课后服务覆盖全县47所小学。</p></custom-element>
<xmp><script>ran('xmp')</script></xmp><plaintext><script>ran('plaintext')</script>
</div></body></html>`;
