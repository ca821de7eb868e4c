/** What every resource needs to make sense of an answer. */
import { ApiError } from './errors';
import type { Answer } from './http';
import type { OperationName } from './operations';

/** An argument this module refuses before anything is sent. */
export function refuse(operation: OperationName, text: string): ApiError {
  return new ApiError('invalid', `${text} (${operation}).`, { operation, sent: false });
}

/** What an answer must hold to be of use. */
export function expected<T>(value: T | undefined, operation: OperationName, status: number): T {
  if (value !== undefined) return value;
  throw new ApiError('badAnswer', `The answer is not what ${operation} should bring.`, { operation, status });
}

/** The rows of an answer that must be a list; nothing at all is an empty one. */
export function rowsOf(json: unknown, status: number, operation: OperationName): readonly unknown[] {
  if (json === undefined || json === null) return [];
  if (Array.isArray(json)) return json as unknown[];
  throw new ApiError('badAnswer', `The answer is not a list (${operation}).`, { status, operation });
}

export function totalOf(header: Answer['header']): number | undefined {
  const value = header('x-total-count');
  return value !== null && /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}
