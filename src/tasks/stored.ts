import { isCount, isListOf, isOptional, isRecord, isString, isTime } from '../storage/shape';
import type { FollowedTask, TaskNote, TaskPerson, TaskState } from './task';

const STATES: readonly TaskState[] = ['running', 'succeeded', 'warning', 'failed', 'stopped', 'lost'];

/**
 * A task out of its file. Files outlive versions of the extension, and any hand may have changed them.
 *
 * @returns undefined for what is none: whatever it gives can be shown, counted and followed
 */
export function parseTask(json: unknown): FollowedTask | undefined {
  if (!isRecord(json)) return undefined;
  const { id, tenantId, action, batchId, people, peopleCount, everybody, startedAt, startedBy, endedAt, state } = json;
  const { percent, phase, counts, messages, hiddenAt } = json;
  const whole =
    isString(id) &&
    id !== '' &&
    isString(tenantId) &&
    (action === 'process' || action === 'invite') &&
    isOptional(batchId, isString) &&
    isListOf(people, isPerson) &&
    isCount(peopleCount) &&
    (everybody === undefined || everybody === true) &&
    isTime(startedAt) &&
    isOptional(startedBy, isString) &&
    isOptional(endedAt, isTime) &&
    isOptional(hiddenAt, isTime) &&
    STATES.some((known) => known === state) &&
    isOptional(percent, isPercent) &&
    isOptional(phase, isString) &&
    isListOf(counts, isFigure) &&
    isListOf(messages, isNote);
  return whole ? (json as unknown as FollowedTask) : undefined;
}

function isPerson(value: unknown): value is TaskPerson {
  return isRecord(value) && isString(value['id']) && isString(value['name']);
}

function isFigure(value: unknown): value is FollowedTask['counts'][number] {
  return isRecord(value) && isString(value['name']) && isString(value['value']);
}

function isNote(value: unknown): value is TaskNote {
  if (!isRecord(value)) return false;
  const { type, text, about } = value;
  return isString(type) && isString(text) && (about === undefined || isListOf(about, isString));
}

/** As the service told it: out of 0 to 100 is possible. */
function isPercent(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
