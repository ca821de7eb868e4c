import { html, type TemplateResult } from 'lit';
import type { IdentityTexts } from '../protocolTexts';

const DOCUMENTS = ['openJson', 'openRoleAssignmentsJson', 'openOwnershipJson'] as const;

/** Links to the documents of the person. */
export function rawTab(texts: IdentityTexts, open: (document: (typeof DOCUMENTS)[number]) => void): TemplateResult {
  return html`
    <p class="nothing">${texts.rawNote}</p>
    <ul class="rows">
      ${DOCUMENTS.map(
        (document) =>
          html`<li>
            <span class="codicon codicon-json" aria-hidden="true"></span>
            <button
              class="link"
              @click=${() => {
                open(document);
              }}
            >
              ${texts[document]}
            </button>
          </li>`,
      )}
    </ul>
  `;
}
