// A county-level unit of China, with its names, parents and the years in which its code was in force.

export interface Place {
  /** GB/T 2260, six digits. */
  code: string;
  /** Full name: 乳山市. */
  name: string;
  /** Without suffix: 乳山. */
  short: string;
  province: string;
  /** null where the county stands directly under the province. */
  prefecture: string | null;
  level: 'county' | 'prefecture' | 'province';
  /** Years, both included; absent where unknown or still in force. */
  validFrom?: number;
  validTo?: number;
  /** The code that carries on after a change: 500234 -> 500154. */
  successor?: string;
}
