// How well figures are read, beside Microsoft Recognizers, on annotated documents:
//   npm run build && node test/bench/accuracy.mjs [--gold DIR]
// DIR holds figures/DOCUMENT.jsonl (a figure a line: context, quote, value, value_max, unit, bound, salience) and the texts, in text/
// or in ../seeds; default ../shared/gold beside the checkout. Both read the same texts and are scored by the same rule, F1:
//   found  the words overlap an annotated figure's, and the value is the same
//   unit   found, and the unit too (the measure word of a count; yuan; 1 for a share, a multiple and a number read without a unit)
//   exact  found, with exactly the annotated words, unit and bound; who tells no bound says "exactly"
// Figures annotated as minor are neither rewarded nor punished. Recognizers gets all four of its models, line by line, and its own
// dates to leave out; of numbers that overlap, the one with a unit is kept, then the longer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileCodebook, extract, loadCodebook } from '../../dist/extractors/index.js';
import { readText } from '../../dist/src/reading/index.js';

const named = process.argv.indexOf('--gold');
const gold = resolve(named < 0 ? join(import.meta.dirname, '../../../shared/gold') : process.argv[named + 1]);
if (!existsSync(join(gold, 'figures'))) {
  console.error(`There are no annotated documents in ${gold}. Name their folder with --gold.`);
  process.exit(2);
}

const linesOf = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

function textOf(document) {
  for (const folder of [join(gold, 'text'), join(gold, '../seeds')]) {
    const name = existsSync(folder) && readdirSync(folder).find((each) => each.startsWith(document));
    if (name) return readFileSync(join(folder, name), 'utf8');
  }
  throw new Error(`${gold} has annotations of ${document} and no text of it, in text/ or ../seeds/.`);
}

/** The annotated figures with their places in the text. */
const annotated = (document, text) =>
  linesOf(join(gold, 'figures', `${document}.jsonl`)).map((line) => {
    const figure = JSON.parse(line);
    const start = text.indexOf(figure.context) + figure.context.indexOf(figure.quote);
    return { ...figure, start, end: start + figure.quote.length };
  });

const codebook = compileCodebook(loadCodebook());
const ours = (text, document) => extract(readText(text, { origin: document }), codebook, document).figures;

/** Units of Recognizers in the words of the annotation; what is not here is compared as it is. */
const units = { 'Chinese yuan': 'CNY', 'Square meter': 'm2', Mu: '亩', Meter: 'm', '%': '1' };

const overlap = (a, b) => Math.min(a.end, b.end) - Math.max(a.start, b.start) > 0;

/** What Recognizers reads of a text. */
async function recognizers() {
  const module = await import('@microsoft/recognizers-text-suite');
  const suite = module.default ?? module;
  const { recognizeCurrency, recognizeDimension, recognizePercentage, recognizeNumber, recognizeDateTime } = suite;
  const read = (model, line, from) =>
    model(line, suite.Culture.Chinese).map(({ start, end, resolution }) => {
      const share = /%$/.test(resolution?.value ?? '');
      const value = Number.parseFloat(resolution?.value) / (share ? 100 : 1);
      const unit = resolution?.unit ?? (share ? '%' : null);
      return { start: from + start, end: from + end + 1, value, unit: units[unit] ?? unit, bound: 'exact' };
    });
  return (text) => {
    let from = 0;
    return text.split('\n').flatMap((line) => {
      const dates = read(recognizeDateTime, line, from);
      const found = [recognizeCurrency, recognizeDimension, recognizePercentage, recognizeNumber]
        .flatMap((model) => read(model, line, from))
        .sort((a, b) => (a.unit === null) - (b.unit === null) || b.end - b.start - (a.end - a.start));
      from += line.length + 1;
      const kept = [];
      for (const each of found)
        if (!dates.some((date) => overlap(date, each)) && !kept.some((other) => overlap(other, each))) kept.push(each);
      return kept;
    });
  };
}

const near = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
const sameValue = (a, b) => near(a.value, b.value) && (a.value_max ?? null) === (b.value_max ?? null);

/** Each annotated figure with the one that was read for it: of the right value first, then of the longest overlap. */
function pair(wanted, read) {
  const free = new Set(read);
  return wanted.map((figure) => {
    const [best] = [...free]
      .filter((each) => overlap(figure, each))
      .sort((a, b) => sameValue(figure, b) - sameValue(figure, a) || b.end - b.start - (a.end - a.start));
    free.delete(best);
    return [figure, best];
  });
}

async function score(name, reader) {
  const count = { wanted: 0, read: 0, found: 0, unit: 0, exact: 0 };
  for (const file of readdirSync(join(gold, 'figures')).sort()) {
    const document = file.replace('.jsonl', '');
    const text = textOf(document);
    const wanted = annotated(document, text);
    const minor = wanted.filter(({ salience }) => salience === 'minor');
    const read = reader(text, document).filter((each) => !minor.some((figure) => overlap(figure, each)));
    const core = wanted.filter((figure) => figure.salience !== 'minor');
    count.wanted += core.length;
    count.read += read.length;
    for (const [figure, best] of pair(core, read)) {
      if (!best || !sameValue(figure, best)) continue;
      count.found++;
      if (figure.unit !== (best.unit ?? '1')) continue;
      count.unit++;
      if (figure.start === best.start && figure.end === best.end && figure.bound === best.bound) count.exact++;
    }
  }
  const f1 = (hits) => ((2 * hits) / (count.wanted + count.read)).toFixed(3).padStart(7);
  console.log(`${name.padEnd(28)}${f1(count.found)}${f1(count.unit)}${f1(count.exact)}   ${count.read} read`);
  return count.wanted;
}

console.log(`${''.padEnd(28)}  found   unit  exact`);
const wanted = await score('xianjian', ours);
await score('Recognizers, four models', await recognizers());
console.log(`${wanted} figures are annotated.`);
