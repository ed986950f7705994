// The two languages that people read here, and words that are said in both. Where one lacks a language, the types say so.

export type Language = 'zh' | 'en';

/** The same words in both languages. */
export type Said = Readonly<Record<Language, string>>;

/** What is written alike in both languages: a name, a number, the words of another program. */
export const alike = (text: string): Said => ({ zh: text, en: text });

/** English: a count with its noun, in the plural where it is not one. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The shape of a table without its wording. */
type Shape<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...given: never[]) => string
      ? T[Key]
      : Shape<T[Key]>;
};

/** A table in both languages: the English one must have exactly the keys of the Chinese. */
export const wordTable = <const T extends object>(zh: T, en: Shape<T>): Record<Language, Shape<T>> => ({
  zh: zh as unknown as Shape<T>,
  en,
});
