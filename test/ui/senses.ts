// How a panel's page is noticed: by keyboard, without colors of its own, without motion. No functions with names run in the page: it
// does not know what the compiler makes of their names.
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench';

interface Stop {
  readonly what: string;
  /** Pixels from the top of the page, with what is scrolled away. */
  readonly top: number;
  readonly bottom: number;
  /** Something shows that the focus is there. */
  readonly visible: boolean;
}

/** Where Tab leads in a page, from its first stop to its last. */
export async function focusStops(vs: Workbench, page: FrameLocator): Promise<readonly Stop[]> {
  const body = page.locator('body');
  await body.evaluate((element) => {
    element.tabIndex = -1;
    element.focus();
    window.stopped = new WeakSet();
  });
  const stops: Stop[] = [];
  for (;;) {
    await vs.page.keyboard.press('Tab');
    await vs.frame();
    // Behind the last stop of the page it is VS Code's.
    if (!(await vs.page.evaluate(() => document.activeElement?.matches('iframe.webview')))) return stops;
    const stop = await body.evaluate((element) => {
      let focused = document.activeElement;
      if (focused === null || focused === element) return undefined;
      const around: Element[] = [focused];
      while (focused?.shadowRoot?.activeElement) {
        focused = focused.shadowRoot.activeElement;
        around.push(focused, ...(focused.parentElement ? [focused.parentElement] : []));
      }
      const border = getComputedStyle(element).getPropertyValue('--vscode-focusBorder').trim();
      const probe = document.createElement('i');
      probe.style.color = border;
      element.append(probe);
      const color = getComputedStyle(probe).color;
      probe.remove();
      let scrolled = 0;
      for (let place: Element | null = around[0] ?? null; place; place = place.parentElement)
        scrolled += place.scrollTop;
      const again = focused !== null && window.stopped?.has(focused) === true;
      if (focused) window.stopped?.add(focused);
      return {
        again,
        what: `${focused?.getAttribute('aria-label') ?? focused?.textContent.trim().slice(0, 40) ?? ''} <${focused?.localName ?? ''}>`,
        top: (focused?.getBoundingClientRect().top ?? 0) + scrolled,
        bottom: (focused?.getBoundingClientRect().bottom ?? 0) + scrolled,
        visible: around.some((each) => {
          const { outlineStyle, outlineWidth, borderTopColor } = getComputedStyle(each);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || borderTopColor === color;
        }),
      };
    });
    if (stop === undefined || stop.again) return stops;
    stops.push(stop);
  }
}

declare global {
  interface Window {
    painted?: Element[];
    stopped?: WeakSet<Element>;
  }
}

/** Notes what a page paints by a background alone: no text in it, no border, no picture; and adds a spot like that, as the first. */
export async function notePainted(page: FrameLocator): Promise<void> {
  await page.locator('body').evaluate((body) => {
    for (const old of body.querySelectorAll('.spot')) old.remove();
    const spot = document.createElement('i');
    spot.className = 'spot';
    Object.assign(spot.style, { position: 'fixed', width: '1px', height: '1px', backgroundColor: 'red' });
    body.prepend(spot);
    window.painted = [...body.querySelectorAll('*')].filter((element) => {
      if (!element.checkVisibility() || element.textContent.trim() !== '') return false;
      if (element.querySelector('svg, img, canvas, .codicon') || element.shadowRoot) return false;
      const { backgroundColor, width, height } = getComputedStyle(element);
      const parent = element.parentElement;
      const behind = parent ? getComputedStyle(parent).backgroundColor : '';
      const clear = /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor);
      return !clear && backgroundColor !== behind && Number.parseFloat(width) * Number.parseFloat(height) > 0;
    });
  });
}

/** What of that is seen no longer. */
export async function lost(page: FrameLocator): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const canvas = getComputedStyle(body).backgroundColor;
    return (window.painted ?? [])
      .filter((element) => {
        const { backgroundColor, borderTopWidth, borderLeftWidth, outlineWidth, outlineStyle } =
          getComputedStyle(element);
        const edged = borderTopWidth !== '0px' || borderLeftWidth !== '0px';
        return backgroundColor === canvas && !edged && !(outlineStyle !== 'none' && outlineWidth !== '0px');
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

/** What moves in a page now. What appears in one step does not move. */
export async function moving(page: FrameLocator): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const places: (Document | ShadowRoot)[] = [document];
    for (const element of body.querySelectorAll('*')) if (element.shadowRoot) places.push(element.shadowRoot);
    return places
      .flatMap((place) => place.getAnimations())
      .filter(({ playState, effect }) => playState === 'running' && effect?.getTiming().easing !== 'step-end')
      .filter((animation) => !(animation instanceof CSSAnimation && animation.animationName === 'appear'))
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.constructor.name));
  });
}
