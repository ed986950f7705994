// Why something was read as it was: a tree of what the rules did, and its form on a terminal. Knows no rule and no word.

/** One line of an explanation with what led to it. */
export interface ExplainNode {
  /** What was found or decided. */
  label: string;
  /** The rule that did it, in the words of its card. */
  about?: string;
  children: ExplainNode[];
}

/** The tree as lines: the root, then its children with branches drawn. Ends without a line break. */
export function printExplanation(node: ExplainNode): string {
  const lines: string[] = [];
  const put = ({ label, about, children }: ExplainNode, head: string, indent: string) => {
    lines.push(`${head}${label}${about ? ` (${about})` : ''}`);
    children.forEach((child, i) => {
      const last = i === children.length - 1;
      put(child, `${indent}${last ? '└─ ' : '├─ '}`, `${indent}${last ? '   ' : '│  '}`);
    });
  };
  put(node, '', '');
  return lines.join('\n');
}
