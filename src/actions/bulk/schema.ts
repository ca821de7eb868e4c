/** The form of what a record keeps. Any version of this extension, a damaged disk or a hand may have written it. */
import { isCount, isListOf, isOptional, isRecord, isString, isTime } from '../../storage/shape';
import type { Mail, Skip } from '../action';
import { isActionId } from '../catalog';
import { countsOf, type BatchRow, type BatchSummary, type Counts, type Phase, type RowState } from './batch';
import { parseRuns } from './runs';

const PHASES: readonly Phase[] = ['planning', 'planned', 'running', 'paused', 'ended', 'failed'];
const STATES: readonly RowState[] = ['planned', 'sending', 'started', 'done', 'failed', 'unknown'];
const REASONS: Readonly<Record<Skip['reason'], true>> = {
  duplicate: true,
  unreadable: true,
  notFound: true,
  ambiguous: true,
  protected: true,
  owner: true,
  unchecked: true,
  noEmail: true,
  registered: true,
};

/** The summary of a record. @returns a clause that says what is wrong with it otherwise */
export function parseSummary(value: unknown): BatchSummary | string {
  if (!isRecord(value)) return 'it is not a record';
  const { id, tenantId, action, mail, from, createdAt, startedAt, endedAt, phase, counts, lines } = value;
  if (!isString(id) || !isString(tenantId) || !isString(from)) return 'what it is about is not in it';
  if (!isString(action) || !isActionId(action)) return 'its action is not known to this version';
  if (!isOptional(mail, isMail)) return 'how its mail goes out cannot be read';
  if (!isTime(createdAt) || !isOptional(startedAt, isTime) || !isOptional(endedAt, isTime)) {
    return 'its times cannot be read';
  }
  const known = PHASES.find((name) => name === phase);
  if (known === undefined) return 'its state is not known to this version';
  if (!isCounts(counts)) return 'its numbers are missing';
  const { problem, interrupted, damaged, missing, hiddenAt } = value;
  const runs = parseRuns(value['runs']);
  return {
    id,
    tenantId,
    action,
    ...(mail === undefined ? {} : { mail }),
    from,
    createdAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(runs ? { runs } : {}),
    phase: known,
    counts,
    ...(isCount(lines) ? { lines } : {}),
    ...(isString(problem) ? { problem } : {}),
    ...(interrupted === true ? { interrupted } : {}),
    ...(damaged === true ? { damaged } : {}),
    ...(isCount(missing) ? { missing } : {}),
    ...(isTime(hiddenAt) ? { hiddenAt } : {}),
  };
}

/** The people of a record; undefined when one of them cannot be read. */
export function parseRows(value: unknown): BatchRow[] | undefined {
  return isListOf(value, isRow) ? [...value] : undefined;
}

function isMail(value: unknown): value is Mail {
  if (!isRecord(value)) return false;
  const { via, sourceName } = value;
  return (
    ['EMAIL_WORK', 'EMAIL_PERSONAL', 'LINK_WORK', 'LINK_PERSONAL'].includes(String(via)) &&
    (sourceName === null || isString(sourceName))
  );
}

function isCounts(value: unknown): value is Counts {
  return isRecord(value) && Object.keys(countsOf([])).every((key) => isCount(value[key]));
}

function isRow(value: unknown): value is BatchRow {
  if (!isRecord(value)) return false;
  const { asked, person, skip, excluded, state, message, trackingId, taskId, run } = value;
  return (
    isString(asked) &&
    (person === null || isPerson(person)) &&
    (skip === null || isSkip(skip)) &&
    typeof excluded === 'boolean' &&
    STATES.some((name) => name === state) &&
    [message, trackingId, taskId].every((text) => isOptional(text, isString)) &&
    isOptional(run, isCount)
  );
}

function isPerson(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, name, alias, email } = value;
  return isString(id) && isString(name) && isOptional(alias, isString) && isOptional(email, isString);
}

function isSkip(value: unknown): boolean {
  return isRecord(value) && Object.hasOwn(REASONS, String(value['reason'])) && isOptional(value['note'], isString);
}
