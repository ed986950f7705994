import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/model/yaml.js';

const faultsOf = (text: string) => {
  const read = parseYaml(text);
  return 'faults' in read ? read.faults : [];
};

describe('YAML that people wrote', () => {
  it('has a value and the places of its parts', () => {
    const read = parseYaml('a: &x 1\nb: *x\n');
    expect(read).toMatchObject({ value: { a: 1, b: 1 } });
  });

  it('names the line of an alias that leads nowhere', () => {
    expect(faultsOf('a: &x 1\nb: *x\nc: *y\n')).toEqual([
      {
        line: 3,
        message: {
          en: 'not valid YAML: Unresolved alias (the anchor must be set before the alias): y',
          zh: 'YAML 写法有误：*y 所引的 &y 前面没有写',
        },
      },
    ]);
  });

  it('refuses aliases of aliases that would fill the memory', () => {
    const nine = (name: string) => Array(9).fill(`*${name}`).join(', ');
    const bomb = `a: &a [x]\n${[...'bcdefgh'].map((each, i) => `${each}: &${each} [${nine('abcdefg'[i]!)}]`).join('\n')}\n`;
    const [fault] = faultsOf(bomb);
    expect(fault?.line).toBe(2);
    expect(fault?.message.zh).toBe('YAML 写法有误：引用层层相套，展开后会占满内存');
  });

  it.each(['[', '{a: ', '- ', '? '])('refuses what is nested deeper than the parser can go: %s', (opening) => {
    const [fault] = faultsOf(opening.repeat(20_000));
    expect(fault?.line).toBe(1);
    expect(fault?.message.en).toMatch(/^not valid YAML: Nested too deep at line 1, column \d+:$/);
    expect(fault?.message.zh).toMatch(/^YAML 写法有误：第 1 行第 \d+ 列：嵌套太深$/);
  });

  it('names every fault of form', () => {
    expect(faultsOf('a: [1\nb: 2\n').map(({ line }) => line)).not.toEqual([]);
  });
});
