import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { fill, numberWord } from './format';

/** A box that narrows a list, with how much of it is left. */
export function filterBox(
  label: string,
  filter: string,
  shown: number,
  all: number,
  texts: { readonly shown: string },
  changed: (text: string) => void,
): TemplateResult {
  return html`<div class="filter">
    <vscode-textfield
      type="search"
      .label=${label}
      placeholder=${label}
      .value=${filter}
      @input=${(event: Event) => {
        changed((event.target as HTMLInputElement).value);
      }}
    >
      <span slot="content-before" class="codicon codicon-filter" aria-hidden="true"></span>
    </vscode-textfield>
    <span class="dim" role="status">${filter ? fill(texts.shown, numberWord(shown), numberWord(all)) : nothing}</span>
  </div>`;
}
