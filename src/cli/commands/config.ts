// xianjian config: which settings hold here, and where each was made.
import type { Command } from '../command.js';
import { harmless } from '../output.js';
import { aboutSetting, settingNames, variableOf } from '../settings.js';

export const configCommand: Command = {
  name: 'config',
  summary: 'Show which settings hold in this folder and where each was made: a variable, or a line of xianjian.yaml.',
  options: [{ flags: '--json', about: 'an object: name to value and origin' }],
  examples: ['xianjian config', 'XIANJIAN_DB=other.sqlite xianjian config --json'],
  async run({ settings, options }, out) {
    if (options.json === true) {
      const shown = Object.entries(settings).map(([name, { value, origin }]) => [
        name,
        { value: withoutPassword(value), origin },
      ]);
      out.data(`${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`);
      return 0;
    }
    for (const name of settingNames) {
      const setting = settings[name];
      const line = setting
        ? `${withoutPassword(setting.value)}  (${setting.origin})`
        : `–  ${variableOf(name)}: ${aboutSetting(name)}`;
      out.data(`${harmless(`${name.padEnd(9)} ${line}`)}\n`);
    }
    return 0;
  },
};

/** Addresses of databases may hold a password. */
const withoutPassword = (value: string | number): string | number =>
  typeof value === 'number' ? value : value.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
