// xianjian config: which settings hold here, and where each was made.
import type { Command } from '../command.js';
import { harmless } from '../output.js';
import { aboutSetting, settingNames, variableOf } from '../settings.js';

export const configCommand: Command = {
  name: 'config',
  summary: {
    en: 'Show which settings hold in this folder and where each was made: a variable, or a line of xianjian.yaml.',
    zh: '列出在本文件夹生效的设置，以及各写在哪里：环境变量，或 xianjian.yaml 的哪一行。',
  },
  options: [
    { flags: '--json', about: { en: 'an object: name to value and origin', zh: '一个对象：设置名对应值和出处' } },
  ],
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
        : `–  ${variableOf(name)}: ${aboutSetting(name)[out.language]}`;
      out.data(`${harmless(`${name.padEnd(9)} ${line}`)}\n`);
    }
    return 0;
  },
};

/** Addresses of databases may hold a password. */
const withoutPassword = (value: string | number): string | number =>
  typeof value === 'number' ? value : value.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
