/** What every resource needs to make sense of an answer. */
import { ApiError } from './errors';
import type { Answer } from './pipeline';
import type { OperationName } from './operations';

/** An argument this module refuses before anything is sent. */
export function invalidArgument(operation: OperationName, text: string): ApiError {
  return new ApiError('invalid', `${text} (${operation}).`, { operation, sent: false });
}

/** What an answer must hold to be of use. */
export function requireValid<T>(value: T | undefined, operation: OperationName, status: number): T {
  if (value !== undefined) return value;
  throw new ApiError('badAnswer', `The response to ${operation} is not in the expected form.`, {
    operation,
    status,
    flaw: 'unexpected',
  });
}

/** The rows of an answer that must be a list; nothing at all is an empty one. */
export function rowsOf(json: unknown, status: number, operation: OperationName): readonly unknown[] {
  if (json === undefined || json === null) return [];
  if (Array.isArray(json)) return json as unknown[];
  throw new ApiError('badAnswer', `The response is not a list (${operation}).`, {
    status,
    operation,
    flaw: 'notAList',
  });
}

export function totalOf(header: Answer['header']): number | undefined {
  // A header that was sent twice is one text with a comma: of two numbers neither is known to be right.
  const values = new Set(
    header('x-total-count')
      ?.split(',')
      .map((value) => value.trim()),
  );
  const [value = ''] = values;
  return values.size === 1 && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
