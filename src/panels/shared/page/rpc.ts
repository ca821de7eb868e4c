import type { Failure, HostMessage, RequestMap } from '../protocol';

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

/** Takes an answer that was kept for so long. */
export type TakeKept<T> = (answer: T, ageMs: number) => void;

interface Call {
  readonly resolve: (result: never) => void;
  readonly reject: (error: RequestFailed) => void;
  readonly kept: TakeKept<never> | undefined;
}

export interface Host<R extends RequestMap<R>> {
  /**
   * Resolves to the host's answer; rejects with RequestFailed.
   *
   * @param kept told what the host answered before this load of the page, where it kept that
   */
  call<N extends keyof R & string>(
    name: N,
    params: R[N]['params'],
    kept?: TakeKept<R[N]['result']>,
  ): Promise<R[N]['result']>;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Opens the conversation with the host half of the panel; `onChanged` is called when content may differ now. */
export function connect<R extends RequestMap<R>>(onChanged: () => void): Host<R> {
  const api = acquireVsCodeApi();
  const load = document.getElementById('page')?.dataset['load'] ?? '';
  const waiting = new Map<number, Call>();
  let lastId = 0;

  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isHostMessage(data)) return;
    if (data.kind === 'changed') {
      onChanged();
      return;
    }
    const call = waiting.get(data.id);
    if (data.kind === 'kept') {
      call?.kept?.(data.result as never, data.ageMs);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === 'reply') call?.resolve(data.result as never);
    else call?.reject(new RequestFailed(data.failure));
  });

  return {
    call: (name, params, kept) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject, kept });
        api.postMessage({ kind: 'request', load, id, name, params });
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
      return true;
    case 'reply':
      return typeof data['id'] === 'number' && 'result' in data;
    case 'kept':
      return typeof data['id'] === 'number' && 'result' in data && typeof data['ageMs'] === 'number';
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
