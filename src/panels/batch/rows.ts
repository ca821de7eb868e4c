/** Which people of a batch are listed, in which order. Tens of thousands are looked through at each change. */
import type { SkipReason } from '../../actions/action';
import type { Batch, BatchRow } from '../../actions/bulk/batch';
import type { RowQuery, Shown } from './protocol';

/** In the order in which a plan names them; a reason that is missing here does not compile. */
const REASONS: Readonly<Record<SkipReason, true>> = {
  unreadable: true,
  notFound: true,
  ambiguous: true,
  sameName: true,
  duplicate: true,
  protected: true,
  owner: true,
  unchecked: true,
  noEmail: true,
  registered: true,
};
export const SKIP_REASONS = Object.keys(REASONS) as readonly SkipReason[];

/** Numbers of the rows that match; in a result, what went wrong comes first. */
export function matchingRows({ rows, phase }: Pick<Batch, 'rows' | 'phase'>, { shown, filter }: RowQuery): number[] {
  const wanted = filter.trim().toLowerCase();
  const matching: number[] = [];
  rows.forEach((row, n) => {
    if (isShown(row, shown) && (wanted === '' || contains(row, wanted))) matching.push(n);
  });
  if (phase !== 'ended') return matching;
  const [failed, unknown, others]: [number[], number[], number[]] = [[], [], []];
  for (const n of matching) {
    const row = rows[n];
    const state = row && isChosen(row) ? row.state : undefined;
    (state === 'failed' ? failed : state === 'unknown' ? unknown : others).push(n);
  }
  return [...failed, ...unknown, ...others];
}

/** Those of the rows that are in and can be left out by hand or, `excluded`, are left out and can be taken in again. */
export function excludableRows(
  { rows, phase }: Pick<Batch, 'rows' | 'phase'>,
  numbers: readonly number[],
  excluded: boolean,
): number[] {
  if (phase !== 'planned') return [];
  return numbers.filter((n) => {
    const row = rows[n];
    return row !== undefined && !row.skip && row.excluded === excluded;
  });
}

/** Where a window begins in a list of so many: at whole windows, and not past the end of a list that got shorter. */
export function windowStart(offset: number, limit: number, matching: number): number {
  return Math.min(offset, Math.floor(Math.max(0, matching - 1) / limit) * limit);
}

function isShown(row: BatchRow, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'skipped':
      return row.skip !== null;
    case 'excluded':
      return !row.skip && row.excluded;
    case 'chosen':
      return isChosen(row);
    case 'going':
      return isChosen(row) && (row.state === 'sending' || row.state === 'started');
    case 'planned':
    case 'done':
    case 'failed':
    case 'unknown':
      return isChosen(row) && row.state === shown;
    default:
      return row.skip !== null && shown === `skip.${row.skip.reason}`;
  }
}

function isChosen({ skip, excluded }: BatchRow): boolean {
  return !skip && !excluded;
}

function contains({ asked, person, message, skip }: BatchRow, wanted: string): boolean {
  return [person?.name, person?.alias, person?.email, asked, message, skip?.note].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
}
