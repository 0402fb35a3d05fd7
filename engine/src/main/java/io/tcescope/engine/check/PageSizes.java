package io.tcescope.engine.check;

/** The page size mask of ibm,query-pe-dma-window (LoPAR; 2M was added out of order). */
final class PageSizes {
  private static final int[] SHIFT_OF_BIT = {12, 16, 24, 25, 26, 27, 28, 34, 21};

  private PageSizes() {}

  /** The largest I/O page on offer as a shift, 0 if none is known. */
  static int largestShift(long mask) {
    int largest = 0;
    for (int bit = 0; bit < SHIFT_OF_BIT.length; bit++) {
      if ((mask & 1L << bit) != 0) {
        largest = Math.max(largest, SHIFT_OF_BIT[bit]);
      }
    }
    return largest;
  }
}
