import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { Failure, Moment, PersonLink, StateBadge } from '../protocol';
import type { Loaded } from './resource';
import { clockWords, fill } from './format';

/** The texts that every page has. */
export interface StateTexts {
  readonly loading: string;
  /** `{0}`: when what is still shown was loaded. */
  readonly loadedAt: string;
  readonly retry: string;
  readonly showLog: string;
  readonly signIn: string;
}

/** What a failed part can offer next. */
export interface NextSteps {
  readonly retry: () => void;
  readonly signIn: () => void;
  readonly showLog: () => void;
}

/** Content of one part of a page: its value when there is one, with what went wrong since then above it. */
export function part<T>(
  loaded: Loaded<T>,
  what: string,
  texts: StateTexts,
  steps: Omit<NextSteps, 'retry'>,
  content: (value: T) => TemplateResult,
): TemplateResult {
  const { value, failure } = loaded;
  return html`
    ${
      failure && !failure.cancelled
        ? problem(failure, value === undefined ? undefined : loaded.loadedAt, texts, {
            ...steps,
            retry: () => {
              loaded.retry();
            },
          })
        : nothing
    }
    ${value !== undefined ? content(value) : loaded.loading ? skeleton(fill(texts.loading, what)) : nothing}
  `;
}

/** Grey rows where content will be; `label` is for screen readers. */
export function skeleton(label: string): TemplateResult {
  return html`
    <p class="unseen" role="status">${label}</p>
    <div class="skeleton" aria-hidden="true">
      <span></span><span></span><span></span><span></span><span></span><span></span>
    </div>
  `;
}

export function empty(text: string): TemplateResult {
  return html`<p class="nothing">${text}</p>`;
}

export function badge({ icon, word, tone }: StateBadge): TemplateResult {
  return html`<span class="badge ${tone}"
    ><span class="codicon codicon-${icon}" aria-hidden="true"></span> <bdi>${word}</bdi></span
  >`;
}

/** A date with its exact time in the tooltip; nothing for none. */
export function momentText(value: Moment | null): TemplateResult | typeof nothing {
  return value ? html`<span class="moment" title=${value.exact}>${value.text}</span>` : nothing;
}

/** A name that opens the panel of who has it. `title`: the text of its tooltip, `{0}` for the name. */
export function personLink(person: PersonLink, title: string, open: (person: PersonLink) => void): TemplateResult {
  return html`<button
    class="link"
    title=${fill(title, person.name)}
    @click=${() => {
      open(person);
    }}
  >
    <bdi>${person.name}</bdi>
  </button>`;
}

/** What is left to say when there is nothing to show any more. */
export function gone(sentence: string): TemplateResult {
  return html`<div class="gone" role="status">
    <span class="codicon codicon-circle-slash" aria-hidden="true"></span>
    <h1><bdi>${sentence}</bdi></h1>
  </div>`;
}

/** @param loadedAt of what is shown all the same */
function problem(
  { message, signIn }: Failure,
  loadedAt: number | undefined,
  texts: StateTexts,
  steps: NextSteps,
): TemplateResult {
  return html`<div class="problem" role="alert">
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <div>
      <p><bdi>${message}</bdi></p>
      ${loadedAt === undefined ? nothing : html`<p>${fill(texts.loadedAt, clockWords(loadedAt))}</p>`}
    </div>
    <div class="buttons">
      ${signIn ? html`<vscode-button @click=${steps.signIn}>${texts.signIn}</vscode-button>` : nothing}
      <vscode-button ?secondary=${signIn} @click=${steps.retry}>${texts.retry}</vscode-button>
      <vscode-button secondary @click=${steps.showLog}>${texts.showLog}</vscode-button>
    </div>
  </div>`;
}
