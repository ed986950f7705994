// A source as the text of its file, which loadSource reads back.
import { stringify } from 'yaml';
import type { Source } from './source.js';

/** The YAML of a source. @param comments lines for people at its head; line breaks in them are dropped */
export function sourceYaml(source: Source, comments: readonly string[]): string {
  const lines = comments.map((comment) => `# ${comment.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}\n`);
  return `${lines.join('')}${stringify(source, { lineWidth: 0 })}`;
}
