import type { Failure, HostMessage, KeptAnswer, RequestMap } from '../protocol';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** A request the host answered with a failure. */
export class RequestFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Something to ask the host, and what it answered to an earlier load of this page. */
export interface Question<T> {
  /** Rejects with RequestFailed. */
  ask(): Promise<T>;
  /** Hands over the answer that was kept, as soon as it is known whether there is one. */
  onKept(take: (answer: T, ageMs: number) => void): void;
}

export interface Host<R extends RequestMap<R>> {
  /** Resolves to the host's answer; rejects with RequestFailed. */
  call<N extends keyof R & string>(name: N, params: R[N]['params']): Promise<R[N]['result']>;
  /** The same as something that is asked more than once. */
  question<N extends keyof R & string>(name: N, params: R[N]['params']): Question<R[N]['result']>;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Opens the conversation with the host half of the panel; `onChanged` is called when content (or that part of it) may differ now. */
export function connect<R extends RequestMap<R>>(onChanged: (part?: string) => void): Host<R> {
  const api = acquireVsCodeApi();
  const load = document.getElementById('page')?.dataset['load'] ?? '';
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: RequestFailed) => void }>();
  let lastId = 0;

  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isHostMessage(data)) return;
    if (data.kind === 'changed') {
      onChanged(data.part);
      return;
    }
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'reply') call?.resolve(data.result as never);
    else call?.reject(new RequestFailed(data.failure));
  });

  const send = <T>(name: string, params: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      api.postMessage({ kind: 'request', load, id, name, params });
    });
  // Before anything else is asked: it is answered before, too. Without it, pages show what they are answered now.
  const kept = send<readonly KeptAnswer[]>('kept', null).then(
    (answers) => new Map(answers.map((answer) => [answer.question, answer])),
    () => new Map<string, KeptAnswer>(),
  );

  return {
    call: send,
    question: (name, params) => ({
      ask: () => send(name, params),
      onKept: (take) => {
        void kept.then((answers) => {
          const answer = answers.get(`${name} ${JSON.stringify(params)}`);
          if (answer) take(answer.result, answer.ageMs);
        });
      },
    }),
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state);
    },
  };
}

/** Anything else (other scripts of the editor post to the same window) is not ours. */
export function isHostMessage(data: unknown): data is HostMessage {
  if (!isRecord(data)) return false;
  switch (data['kind']) {
    case 'changed':
      return data['part'] === undefined || typeof data['part'] === 'string';
    case 'reply':
      return typeof data['id'] === 'number' && 'result' in data;
    case 'failure':
      return (
        typeof data['id'] === 'number' && isRecord(data['failure']) && typeof data['failure']['message'] === 'string'
      );
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
