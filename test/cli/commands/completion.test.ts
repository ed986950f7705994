// Completion: the scripts are sound for their shells, and bash completes with them.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands/index.js';
import { xianjian } from '../../helpers/terminal.js';

const bash = (script: string): string => execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });

describe('completion', () => {
  it('completes commands and their options in bash', async () => {
    const { stdout, code } = await xianjian(['completion', 'bash']);
    expect(code).toBe(0);
    const complete = (words: string[]) =>
      bash(
        `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _xianjian; printf '%s\\n' "\${COMPREPLY[@]}"`,
      )
        .trim()
        .split('\n');
    expect(complete(['xianjian', 'comp'])).toEqual(['compare', 'completion']);
    expect(complete(['xianjian', 'compare', '--coun'])).toEqual(['--county']);
  });

  it.each(['zsh', 'fish'])('names every command for %s', async (shell) => {
    const { stdout } = await xianjian(['completion', shell]);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`(?:'|-a )${name}\\b`));
  });

  it('names the shells that it knows for another', async () => {
    const { code, stderr } = await xianjian(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });
});
