package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Failed allocations by size. */
class RequestSizesTest {
  private final RequestSizes sizes = new RequestSizes();

  private RequestSizes add(long pages, int times, boolean traced) {
    for (int i = 0; i < times; i++) {
      sizes.add(pages, traced);
    }
    return sizes;
  }

  @Test
  void theCommonestSizeComesFirst() {
    assertThat(add(10, 6, false).inWords()).isEqualTo("all for 10 pages");
    assertThat(add(16, 410, false).add(16, false)).isFalse();
    assertThat(add(1, 2, false).inWords())
        .isEqualTo("411 for 16 pages, 6 for 10 pages and 2 for 1 page");
  }

  @Test
  void whatTheKernelSaysAndATracerSeesAreTheSameFailures() {
    add(10, 6, false);
    add(16, 3, true);
    assertThat(sizes.total()).isEqualTo(6);
    assertThat(add(16, 9, true).total()).isEqualTo(12);
    assertThat(sizes.inWords()).isEqualTo("all for 16 pages");
  }

  @Test
  void rareSizesAreCountedTogetherAndAnUnknownOneIsSaidToBeUnknown() {
    assertThat(add(0, 1, false).inWords()).isEqualTo("for an unknown number of pages");
    for (int pages = 1; pages < 7; pages++) {
      add(pages, 10 - pages, false);
    }
    assertThat(sizes.inWords())
        .isEqualTo("9 for 1 page, 8 for 2 pages, 7 for 3 pages, 6 for 4 pages and 10 for others");
  }
}
