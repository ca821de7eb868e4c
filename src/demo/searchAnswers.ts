import type { Answer } from './answers';

export function searchPost(): Answer {
  return { status: 200, body: [] };
}

export function searchCount(): Answer {
  return { status: 204, headers: { 'X-Total-Count': '0' } };
}
