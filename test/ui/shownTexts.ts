// Every text of a part of the window, as a person sees it or a screen reader says it.
import type { Locator } from 'playwright-core';

/** Texts of the elements that are found, of what they hold, and of what is said of it; each once. */
export async function shownTexts(parts: Locator): Promise<string[]> {
  const found = await parts.evaluateAll((elements) => {
    const texts: string[] = [];
    for (const element of elements) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
        if (node instanceof Element) {
          // VS Code's own, and in English like all of VS Code here.
          if (node.matches('.monaco-progress-container')) continue;
          for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'alt'])
            texts.push(node.getAttribute(name) ?? '');
        } else if (
          node.parentElement?.checkVisibility() === true &&
          !/^(STYLE|SCRIPT)$/.test(node.parentElement.tagName)
        ) {
          texts.push(node.textContent ?? '');
        }
      }
    }
    return texts;
  });
  return [...new Set(found.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== ''))];
}

/** What is wider than its place: its text, and by how many pixels. */
export async function overflowing(parts: Locator): Promise<string[]> {
  return parts.evaluateAll((elements) =>
    elements
      .flatMap((element) => [element, ...element.querySelectorAll('*')])
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element);
        // What scrolls or is cut with an ellipsis is meant to; an inline box has no width of its own.
        if (display === 'inline' || display === 'contents' || textOverflow === 'ellipsis') return false;
        if (['auto', 'scroll'].includes(overflowX) || element.closest('.unseen')) return false;
        return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} +${String(element.scrollWidth - element.clientWidth)}: ${(element.textContent ?? '').slice(0, 60)}`,
      ),
  );
}
