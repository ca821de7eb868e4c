import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionButton, ProcessingReason } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import { cut } from '../../shared/page/format';
import { part, type NextSteps } from '../../shared/page/parts';
import type { Loaded } from '../../shared/page/resource';

/** Why the last processing failed, with the action that processes again beside it. */
export function processingReason(
  reason: Loaded<ProcessingReason>,
  actions: readonly ActionButton[],
  texts: IdentityTexts,
  { act, ...steps }: Omit<NextSteps, 'retry'> & { readonly act: (action: string) => void },
): TemplateResult {
  const process = actions.find(({ id }) => id === 'process');
  return html`<section class="reason" aria-label=${texts.processingError}>
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <div>
      <h2>${texts.processingError}</h2>
      ${part(
        reason,
        texts.processingError,
        texts,
        steps,
        ({ message, details, items, note }) => html`
          ${message === null ? nothing : html`<p><bdi>${cut(message)}</bdi></p>`}
          ${details.length === 0 ? nothing : html`<p>${details.join(' · ')}</p>`}
          ${
            items.length === 0
              ? nothing
              : html`<ul>
                  ${items.map((item) => html`<li><bdi>${cut(item)}</bdi></li>`)}
                </ul>`
          }
          <p class="dim">${note}</p>
        `,
      )}
    </div>
    ${
      process
        ? html`<vscode-button
            icon=${process.icon}
            @click=${() => {
              act(process.id);
            }}
            >${process.label}</vscode-button
          >`
        : nothing
    }
  </section>`;
}
