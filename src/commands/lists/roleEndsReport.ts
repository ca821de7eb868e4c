/** The report of who loses which role when, as Markdown. No vscode. */
import type { RoleEnd } from '../../lists/roleEnds';
import { formatDate, formatDateTime, formatDays, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import { markdownFacts, markdownTable, markdownText } from '../ui/markdown';

export interface RoleEndsReport {
  readonly tenantName: string;
  /** Of the list. */
  readonly name: PlainText;
  /** Ends until this day are in it: "27 Dec 2026". */
  readonly lastDay: PlainText;
  /** When reading began, in milliseconds since 1970. */
  readonly readAt: number;
  /** Identities whose role assignments were read. */
  readonly read: number;
  /** Identities whose role assignments could not be read. */
  readonly failed: number;
  /** Why the first of these could not. */
  readonly firstFailure: PlainText | undefined;
  /** How many identities there are; undefined where ISC does not say. */
  readonly total: number | undefined;
  /** Why not all were read; undefined where all were that ISC listed. */
  readonly endedEarly: PlainText | undefined;
  /** Sorted. */
  readonly rows: readonly RoleEnd[];
}

/** Rows of a table of the page: a preview of more is slow. The file has all. */
const MOST_SHOWN = 1_000;

export function roleEndsTitle({ name, lastDay }: Pick<RoleEndsReport, 'name' | 'lastDay'>): PlainText {
  return t('Role ends of {0} until {1}', name, lastDay);
}

/** Identities of which nothing is known because they were not reached; undefined: unknown how many, or none. */
function notReached({ read, failed, total }: RoleEndsReport): number {
  return Math.max(0, (total ?? 0) - read - failed);
}

/** Not everything that was asked for was read. */
export function isPartial(report: RoleEndsReport): boolean {
  return report.endedEarly !== undefined || report.failed > 0 || notReached(report) > 0;
}

/** "2 role assignments are past their end. 14 role assignments end by 27 Dec 2026." */
export function roleEndsSummary({ rows, lastDay, read }: RoleEndsReport): PlainText {
  const count = (state: RoleEnd['state']): number => rows.filter((row) => row.state === state).length;
  const [ended, ends, unknown] = [count('ended'), count('ends'), count('unknown')];
  const parts = [
    ended > 0 &&
      plural(ended, {
        one: () => t('1 role assignment is past its end.'),
        other: () => t('{0} role assignments are past their end.', formatNumber(ended)),
      }),
    ends > 0 &&
      plural(ends, {
        one: () => t('1 role assignment ends by {0}.', lastDay),
        other: () => t('{0} role assignments end by {1}.', formatNumber(ends), lastDay),
      }),
    unknown > 0 &&
      plural(unknown, {
        one: () => t('The end of 1 role assignment is unknown.'),
        other: () => t('The end of {0} role assignments is unknown.', formatNumber(unknown)),
      }),
  ];
  if (rows.length > 0) return joined(parts);
  return plural(read, {
    one: () => t('No role of the 1 identity that was read ends by {0}.', lastDay),
    other: () => t('No role of the {0} identities that were read ends by {1}.', formatNumber(read), lastDay),
  });
}

/** What comes from the tenant is escaped: it is text, never markup. */
export function roleEndsMarkdown(report: RoleEndsReport): string {
  const { tenantName, name, readAt, read, failed, firstFailure, total, endedEarly, rows, lastDay } = report;
  const missing = notReached(report);
  const inState = (state: RoleEnd['state']): readonly RoleEnd[] => rows.filter((row) => row.state === state);
  return [
    `# ${markdownText(roleEndsTitle(report))}`,
    ...(endedEarly === undefined
      ? []
      : [`**${markdownText(t('This report is partial.'))}** ${markdownText(endedEarly)}`]),
    markdownFacts([
      [t('Tenant'), tenantName],
      [t('List'), name],
      [t('Loaded'), formatDateTime(new Date(readAt).toISOString())],
      [
        t('Identities read'),
        total === undefined ? formatNumber(read) : t('{0} of {1}', formatNumber(read), formatNumber(total)),
      ],
      [
        t('Could not be read'),
        failed === 0
          ? undefined
          : joined([
              plural(failed, {
                one: () => t('1 identity: whether a role of it ends is unknown.'),
                other: () => t('{0} identities: whether a role of them ends is unknown.', formatNumber(failed)),
              }),
              firstFailure,
            ]),
      ],
      [
        t('Not read'),
        missing === 0
          ? undefined
          : plural(missing, {
              one: () => t('1 identity: whether a role of it ends is unknown.'),
              other: () => t('{0} identities: whether a role of them ends is unknown.', formatNumber(missing)),
            }),
      ],
    ]),
    markdownText(roleEndsSummary(report)),
    ...section(t('Past their end, but still assigned'), inState('ended'), t('Ended')),
    ...section(t('Ending by {0}', lastDay), inState('ends'), t('Ends')),
    ...section(t('End unknown'), inState('unknown'), t('Ends')),
    ...(rows.length === 0 ? [] : whatNext()),
    '',
  ].join('\n\n');
}

function section(heading: PlainText, rows: readonly RoleEnd[], ends: PlainText): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_SHOWN);
  return [
    `## ${markdownText(t('{0} ({1})', heading, formatNumber(rows.length)))}`,
    markdownTable([t('Identity'), t('Role'), ends, t('Since')], shown.map(cellsOf)),
    ...(rows.length > shown.length
      ? [
          markdownText(
            t('{0} more are in the file if you save this report as CSV.', formatNumber(rows.length - shown.length)),
          ),
        ]
      : []),
  ];
}

function cellsOf({ identity, role, endsAt, daysLeft, since }: RoleEnd): readonly string[] {
  const { name, alias } = identity;
  const ends =
    endsAt === undefined || daysLeft === undefined
      ? t('unknown')
      : joined([formatDate(new Date(endsAt).toISOString()), formatDays(daysLeft)], ' · ');
  return [
    alias === undefined || alias === name ? name : `${name} (${alias})`,
    role.name ?? (role.id === '' ? t('unknown') : role.id),
    ends,
    since === undefined ? t('unknown') : formatDate(since),
  ];
}

function whatNext(): readonly string[] {
  return [
    `## ${markdownText(t('What you can do'))}`,
    [
      t('To keep a role longer, request it again in ISC with a later end.'),
      t(
        'To act on these identities, choose Copy IDs in the notification, then run Plan bulk action and take them from the clipboard.',
      ),
      t('To keep or share the report, choose Save as CSV in the notification. Run Role ends again for a new one.'),
    ]
      .map((line) => `- ${markdownText(line)}`)
      .join('\n'),
  ];
}
