import type { FollowedTask } from '../../tasks/task';
import type { BatchRow } from './batch';
import type { Entry } from './records';

/**
 * What the end of a task means for the people it worked on. A task tells of people only in its messages; who is not
 * mentioned in a task that ended with warnings is well. Of an invitation that failed, some mails may be out: who is not
 * mentioned is unknown, or trying again would send them a second one.
 */
export function outcomeOf(task: FollowedTask, rows: readonly BatchRow[]): Entry[] {
  const numbers = rows.flatMap((row, n) => (row.taskId === task.id && row.state === 'started' ? [n] : []));
  if (numbers.length === 0 || task.state === 'running') return [];
  const all = (entry: Omit<Entry, 'rows'>, some: readonly number[] = numbers): Entry[] =>
    some.length === 0 ? [] : [{ ...entry, rows: some, taskId: task.id }];
  if (task.state === 'succeeded') return all({ state: 'done' });

  const said = new Map<string, string>();
  for (const { type, text, about = [] } of task.messages) {
    if (type === 'INFO') continue;
    for (const id of about) said.set(id, said.has(id) ? `${said.get(id) ?? ''} ${text}` : text);
  }
  const first = task.messages.find(({ type }) => type !== 'INFO')?.text;
  const words = first === undefined ? {} : { message: first };
  if (task.state === 'lost' || task.state === 'stopped') return all({ state: 'unknown', ...words });

  const mentioned = numbers.filter((n) => said.has(rows[n]?.person?.id ?? ''));
  const others = numbers.filter((n) => !said.has(rows[n]?.person?.id ?? ''));
  return [
    ...mentioned.flatMap((n) => all({ state: 'failed', message: said.get(rows[n]?.person?.id ?? '') ?? '' }, [n])),
    ...all({ state: stateOfOthers(task), ...(task.state === 'warning' && mentioned.length > 0 ? {} : words) }, others),
  ];
}

function stateOfOthers({ state, action }: FollowedTask): 'done' | 'failed' | 'unknown' {
  if (state === 'warning') return 'done';
  return action === 'invite' ? 'unknown' : 'failed';
}

/** Numbers of the rows that a task of the service works on, by its id; undefined: no task is known. */
export function startedByTask(rows: readonly BatchRow[]): ReadonlyMap<string | undefined, readonly number[]> {
  const numbers = new Map<string | undefined, number[]>();
  for (const [n, { state, taskId }] of rows.entries()) {
    if (state !== 'started') continue;
    const known = numbers.get(taskId);
    if (known) known.push(n);
    else numbers.set(taskId, [n]);
  }
  return numbers;
}
