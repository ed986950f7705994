// The findings of the audit as a table: one row a checked claim.
import { type Finding, findingKinds, severities, verdicts } from '../compare/audit/index.js';
import { countyOf } from '../corpus.js';
import type { Language } from '../model/language.js';
import { column } from './codebook.js';
import type { Column } from './table.js';
import { columnsNamed } from './words.js';

/** The columns of the table of findings. */
export const findingColumns: readonly Column[] = [
  column('id', '编号', 'Kind and the records it stands on; stable while they keep their ids.', 'code'),
  column('kind', '种类', `What was checked: ${findingKinds.join(', ')}.`),
  column('verdict', '结论', `How the claim stands to what was computed: ${verdicts.join(', ')}.`),
  column('severity', '轻重', `${severities.join(', ')}.`),
  ...columnsNamed(['county_code', 'county']),
  column('figures', '数据', 'Ids of the figures, the checked one first, parted by spaces.'),
  column('documents', '文件', 'Numbers of the documents, parted by spaces.'),
  column('value', '算得', 'The computed value in the base unit.', 'number'),
  column('computed', '算式', 'The computation as people read it.'),
  column('finding', '说明', 'One neutral sentence.'),
  column('sentences', '原句', 'The sentences it stands on, parted by line breaks.'),
];

/** A finding as a row of them. @param language of the sentence that tells it */
export const findingRow = (finding: Finding, language: Language): (string | number | null)[] => [
  finding.id,
  finding.kind,
  finding.verdict,
  finding.severity,
  finding.place,
  finding.place === null ? null : countyOf(finding.place).name,
  finding.figures.join(' '),
  finding.documents.join(' '),
  finding.value,
  finding.computed,
  finding[language],
  finding.sentences.map(({ text }) => text).join('\n'),
];
