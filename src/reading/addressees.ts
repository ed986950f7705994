// Those to whom an official letter is addressed: a line of offices that ends in a colon, 各乡镇人民政府,县直各部门:.
import { fold } from './line.js';

const longest = 260;

/** The addressees that a line names; none where it is no such line. Offices are parted by commas; a 、 joins what belongs together. */
export function addresseesIn(text: string): string[] {
  const folded = fold(text).trim();
  if (
    folded.length > longest ||
    !folded.endsWith(':') ||
    /[。;]/.test(folded) ||
    /(?:如下|以下|通知|公告)\S{0,4}:$/.test(folded) ||
    /^(?:各位|尊敬的)(?:代表|委员|领导|来宾|同志|老师|家长)/.test(folded) ||
    !/^(?:各|本|全|有关|相关|市|县|区|省|州|尊敬|广大|[一-龥]{2,8}(?:市|县|区|镇|乡|局|校|委|府|厅))/.test(folded)
  )
    return [];
  return folded
    .slice(0, -1)
    .split(/[,;]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
