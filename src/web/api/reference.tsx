// The reference of the API for people: every path with its parameters and columns, made from the OpenAPI document.
import type { OpenAPIHono } from '@hono/zod-openapi';
import { wordTable } from '../../model/language.js';
import type { WebContext, WebEnv } from '../context.js';
import { page } from '../layout.js';
import { apiBase } from './formats.js';
import { apiFormats } from './parameters.js';
import { tableSources } from './sources.js';

type Description = ReturnType<OpenAPIHono<WebEnv>['getOpenAPI31Document']>;

const referenceWords = wordTable(
  {
    title: '接口',
    lead: '与命令行、页面同一套查询词；答案为 { data, meta }，出错为 { error: { code, message, hint } }。',
    formats: '同一地址，五种格式：在路径后写扩展名，或用 format 参数，或用 Accept。',
    machine: '机器可读的说明（OpenAPI 3.1）',
    example: '示例',
    parameters: '参数',
    columns: '列',
    none: '无',
  },
  {
    title: 'API',
    lead: 'The words of the command line and of the pages; answers are { data, meta }, failures { error: { code, message, hint } }.',
    formats: 'One address, five formats: by the ending of the path, the parameter format, or Accept.',
    machine: 'The description for machines (OpenAPI 3.1)',
    example: 'Example',
    parameters: 'Parameters',
    columns: 'Columns',
    none: 'none',
  },
);

interface Parameter {
  name: string;
  description?: string;
}

/** Answers with the reference. @param description as openapi.json gives it */
export function referencePage(c: WebContext, description: Description): Promise<Response> {
  const words = referenceWords[c.var.language];
  const { language } = c.var;
  return page(
    c,
    { title: words.title, section: 'data' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        {words.formats} {apiFormats.map((format) => [<code>.{format}</code>, ' '])}
      </p>
      <p>
        <a href={`${apiBase}/openapi.json`}>{words.machine}</a>
      </p>
      {Object.entries(description.paths ?? {}).map(([path, { get }]) => (
        <section>
          <h2 id={get?.operationId}>
            <code>GET {path}</code>
          </h2>
          <p>{get?.summary}</p>
          <h3>{words.parameters}</h3>
          <dl>
            {((get?.parameters ?? []) as Parameter[]).map(({ name, description: about }) => [
              <dt>
                <code>{name}</code>
              </dt>,
              <dd>{about ?? ''}</dd>,
            ])}
          </dl>
          <Columns path={path} label={words.columns} language={language} />
        </section>
      ))}
    </>,
  );
}

function Columns({ path, label, language }: { path: string; label: string; language: 'zh' | 'en' }) {
  const source = tableSources.find(({ name }) => path === `${apiBase}/${name}`);
  if (!source) return null;
  return (
    <details>
      <summary>
        {label} ({source.columns.length})
      </summary>
      <dl>
        {source.columns.map(({ name, zh, about }) => [
          <dt>
            <code>{name}</code>
            {language === 'zh' && ` ${zh}`}
          </dt>,
          <dd>{about}</dd>,
        ])}
      </dl>
    </details>
  );
}
