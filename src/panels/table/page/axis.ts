import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';

type Sizes = Pick<
  VirtualizerOptions<HTMLElement, HTMLElement>,
  'count' | 'estimateSize' | 'overscan' | 'scrollMargin' | 'scrollPaddingStart' | 'scrollPaddingEnd'
>;

export interface Axis {
  /** What is on the screen, or beside it, or must be there all the same. */
  readonly items: readonly { readonly index: number; readonly start: number }[];
  /** First and last on the screen. */
  readonly range: { readonly startIndex: number; readonly endIndex: number } | null;
  /** Pixels that are scrolled away before what is seen. */
  readonly offset: number;
  /** There are so many now, of these sizes. */
  set(sizes: Sizes): void;
  /** Something else must be drawn. */
  repin(): void;
  /** The sizes are others: all is measured again. */
  measure(): void;
  /** Scrolls only as far as it must. */
  reveal(index: number): void;
  /** Puts it first. */
  scrollTo(index: number): void;
}

/**
 * Which of many things along one axis of a scrolling element are to be drawn.
 *
 * @param always what must be drawn though it is scrolled away: what has the focus keeps it, what is frozen is seen
 */
export function axisOf(
  element: HTMLElement,
  horizontal: boolean,
  always: () => readonly number[],
  changed: () => void,
): Axis {
  const options = (sizes: Sizes): VirtualizerOptions<HTMLElement, HTMLElement> => ({
    ...sizes,
    horizontal,
    getScrollElement: () => element,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: changed,
    // A function of its own each time: from the same one, the same is taken to come.
    rangeExtractor: (range) => {
      const pinned = always().filter((index) => index >= 0 && index < range.count);
      return [...new Set([...pinned, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
  });
  let current: Sizes = { count: 0, estimateSize: () => 1 };
  const virtualizer = new Virtualizer(options(current));
  virtualizer._didMount();
  return {
    get items() {
      return virtualizer.getVirtualItems();
    },
    get range() {
      return virtualizer.calculateRange();
    },
    get offset() {
      return virtualizer.scrollOffset ?? 0;
    },
    set: (sizes) => {
      current = sizes;
      virtualizer.setOptions(options(current));
      virtualizer._willUpdate();
    },
    repin: () => {
      virtualizer.setOptions(options(current));
    },
    measure: () => {
      virtualizer.measure();
    },
    reveal: (index) => {
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
    scrollTo: (index) => {
      virtualizer.scrollToIndex(index, { align: 'start' });
    },
  };
}
