/** Ends of roles as the text of a CSV file. */
import { t } from '../../text/l10n';
import type { RoleEnd } from '../roleEnds';
import { csvHead, csvLines, type CsvStyle } from './formats';

/** A line an assignment; dates and states are for machines, as they came; an empty cell is unknown. */
export function roleEndsCsv(rows: readonly RoleEnd[], style: CsvStyle): string {
  const head = [
    t('Identity'),
    t('Alias'),
    t('Email'),
    t('ID'),
    t('Role'),
    t('Role ID'),
    t('Role assignment ID'),
    t('State'),
    t('Ends'),
    t('Days left'),
    t('Since'),
  ];
  const lines = rows.map(({ identity, role, assignmentId, state, ends, daysLeft, since }) => [
    identity.name,
    identity.alias ?? '',
    identity.email ?? '',
    identity.id,
    role.name ?? '',
    role.id,
    assignmentId,
    state,
    ends ?? '',
    daysLeft === undefined ? '' : String(daysLeft),
    since ?? '',
  ]);
  return csvHead(style) + csvLines([head, ...lines], style);
}
