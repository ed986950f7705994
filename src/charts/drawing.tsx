// What all charts share: the frame with title and source for files, text that keeps its width, marks by bound and status, and colours with
// a shape each, so that no meaning hangs on colour. Colours stand in attributes, which a style sheet of the page may override (dark mode)
// and a downloaded file keeps.
import type { ScaleLinear } from 'd3-scale';
import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import type { Child } from 'hono/jsx';
import { writeValue } from '../compare/wording.js';
import type { Language } from '../model/language.js';
import type { Point } from './data.js';

/** How a chart is to be drawn. */
export interface DrawOptions {
  language: Language;
  /** What stands before the address of a record: the origin for files, nothing within a page; null draws no links. */
  base: string | null;
  /** Where a point leads instead, for files that hold the evidence themselves. */
  hrefOf?: (id: string) => string | null;
  /** Counties to draw of very many; the axis is that of all. */
  window?: Window;
  /** Title and source are drawn into a file, so that they survive when it is pasted. */
  caption?: Caption;
}

export interface Window {
  from: number;
  count: number;
}

/** The part of a list of counties that is to be drawn. */
export const windowOf = <T,>(all: readonly T[], { window }: DrawOptions): readonly T[] =>
  window ? all.slice(window.from, window.from + window.count) : all;

export interface Caption {
  title: string;
  /** Corpus, codebook, filter and date. */
  source: string[];
}

const ink = '#1c2024';
export const soft = '#5a626c';
export const rule = '#c6c0b2';
export const actual = '#0b5578';
const intended = '#8a4b00';
export const standardInk = '#a8231a';

/** Okabe and Ito's colours for the colour-blind, dark enough on white (https://jfly.uni-koeln.de/color/), each with a shape and a dash. */
export const hues = ['#0072b2', '#b34700', '#007a5a', '#a3337a', '#5c4bb5', '#6b5b00', '#1c2024'] as const;
export const dashes = ['', '6 3', '2 3', '8 3 2 3', '10 4', '4 2', '1 2'] as const;
const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolWye] as const;

/** The outline of the symbol of a series, about `size` pixels wide. */
export const symbolPath = (index: number, size: number): string =>
  symbol(shapes[index % shapes.length]!, size * size * 0.8)() ?? '';

const wide = /[\u2e80-\uffef]/;

/** About how wide a text is drawn, in pixels. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, sign) => sum + (wide.test(sign) ? size : size * 0.58), 0);

/** A text that fits a width; what was cut shows by an ellipsis. */
export function fitting(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let cut = '';
  for (const sign of text) {
    if (widthOf(`${cut}${sign}…`, size) > width) break;
    cut += sign;
  }
  return `${cut}…`;
}

/** A text in lines that fit a width; between words where it has them. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\x21-\x7e\u2019]+ ?|./gsu) ?? []) {
    for (const part of widthOf(piece, size) > width ? [...piece] : [piece]) {
      if (widthOf((line + part).trimEnd(), size) > width && line !== '') {
        lines.push(line);
        line = '';
      }
      line += part;
    }
  }
  return line === '' ? lines : [...lines, line];
}

type TextProps = {
  x: number;
  y: number;
  size?: number;
  anchor?: 'start' | 'middle' | 'end';
  kind?: 'ink' | 'soft' | 'standard';
  weight?: number;
  /** On a ground of its own, so that lines behind it do not strike it through. */
  hasHalo?: boolean;
  children?: Child;
};

const textInks = { ink, soft, standard: standardInk } as const;

const halo = { stroke: '#ffffff', 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' } as const;

export function Label({ x, y, size = 12, anchor = 'start', kind = 'ink', weight, hasHalo, children }: TextProps) {
  return (
    <text
      x={x}
      y={y}
      font-size={size}
      text-anchor={anchor}
      class={`c-${kind}${hasHalo ? ' c-halo' : ''}`}
      fill={textInks[kind]}
      font-weight={weight}
      {...(hasHalo ? halo : {})}
    >
      {children}
    </text>
  );
}

const fonts = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const margin = 16;

/** The chart as one element of its own size. In files it stands on white between title and source. */
export function Frame({
  width,
  height,
  label,
  options,
  children,
}: {
  width: number;
  height: number;
  label: string;
  options: DrawOptions;
  children?: Child;
}) {
  const { caption } = options;
  const lang = options.language === 'zh' ? 'zh-CN' : 'en';
  if (!caption)
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        class="chart"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        aria-label={label}
        lang={lang}
        font-family={fonts}
      >
        {children}
      </svg>
    );
  const title = wrapped(caption.title, width, 16);
  const source = caption.source.flatMap((line) => wrapped(line, width, 11));
  const top = margin + title.length * 22 + 6;
  const full = top + height + 10 + source.length * 16 + margin;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width + 2 * margin} ${full}`}
      width={width + 2 * margin}
      height={full}
      aria-label={label}
      lang={lang}
      font-family={fonts}
    >
      <title>{caption.title}</title>
      <desc>{caption.source.join(' ')}</desc>
      <rect width={width + 2 * margin} height={full} fill="#ffffff" />
      {title.map((line, i) => (
        <Label x={margin} y={margin + 14 + i * 22} size={16} weight={650}>
          {line}
        </Label>
      ))}
      <g transform={`translate(${margin} ${top})`}>{children}</g>
      {source.map((line, i) => (
        <Label x={margin} y={top + height + 22 + i * 16} size={11} kind="soft">
          {line}
        </Label>
      ))}
    </svg>
  );
}

/** A mark that leads to its record, with words for those who do not see it. */
export function Linked({
  id,
  label,
  options,
  children,
}: {
  id: string;
  label: string;
  options: DrawOptions;
  children?: Child;
}) {
  const href = options.hrefOf ? options.hrefOf(id) : options.base === null ? null : `${options.base}/record/${id}`;
  const content = (
    <>
      <title>{label}</title>
      {children}
    </>
  );
  if (href === null) return <g aria-label={label}>{content}</g>;
  return (
    <a href={href} aria-label={label} data-record={id}>
      {content}
    </a>
  );
}

/** County, value, time and the beginning of the sentence. */
export const labelOf = (county: string, point: Point): string =>
  `${county} ${point.label}，${point.when}。${fitting(point.sentence, 600, 10)}`;

/** A tick or a value on an axis in the words of the field. */
export const tickLabel = (value: number, dimension: string, unit: string): string =>
  writeValue({ value: Number(value.toPrecision(12)), valueMax: null, unit, bound: 'exact', per: [], dimension });

type Scale = ScaleLinear<number, number>;

/** A point: filled where reached, an outline where intended; a line to the end of a range; a tip where the words leave it open. */
export function Dot({ point, x, y, radius = 5 }: { point: Point; x: Scale; y: number; radius?: number }) {
  const at = x(point.value);
  const colour = point.isActual ? actual : intended;
  const kind = point.isActual ? 'c-actual' : 'c-intended';
  return (
    <>
      <rect x={at - 12} y={y - 11} width={24} height={22} fill="#ffffff" fill-opacity="0" />
      {point.upper !== null && (
        <line x1={at} y1={y} x2={x(point.upper)} y2={y} stroke={colour} class={kind} stroke-width={3} />
      )}
      <Tip point={point} at={at} y={y} radius={radius} />
      <circle
        cx={at}
        cy={y}
        r={radius}
        fill={point.isActual ? colour : '#ffffff'}
        class={point.isActual ? 'c-actual c-full' : 'c-intended c-hollow'}
        stroke={colour}
        stroke-width={2}
      />
    </>
  );
}

/** ≥ and > open to the right, ≤ and < to the left, ≈ to both. */
function Tip({ point, at, y, radius }: { point: Point; at: number; y: number; radius: number }) {
  const sides = { over: [1], at_least: [1], under: [-1], at_most: [-1], about: [1, -1] }[point.bound] ?? [];
  const kind = point.isActual ? 'c-actual' : 'c-intended';
  return (
    <>
      {sides.map((side) => (
        <path
          d={`M${at + side * (radius + 2)} ${y - 4}l${side * 4} 4l${-side * 4} 4`}
          fill="none"
          class={kind}
          stroke={point.isActual ? actual : intended}
          stroke-width={1.6}
        />
      ))}
    </>
  );
}
