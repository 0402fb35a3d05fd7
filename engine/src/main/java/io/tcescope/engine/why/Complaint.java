package io.tcescope.engine.why;

import static io.tcescope.engine.event.Phrases.phrase;

import io.tcescope.engine.event.Phrases;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a guest kernel or one of its drivers says when DMA is in trouble. */
final class Complaint {
  private static final Phrases<SymptomKind> COMPLAINTS =
      new Phrases<>(
          List.of(
              wording(SymptomKind.NETDEV_WATCHDOG, "netdev watchdog", "netdev watchdog"),
              wording(SymptomKind.TX_HANG, "hang", "detected (?:tx|hardware) unit hang|tx hang"),
              wording(SymptomKind.TX_HANG, "timeout", "\\b(?:tx|xmit|transmit)[ _]timeout"),
              wording(
                  SymptomKind.NOT_ADDRESSABLE,
                  "device mask",
                  "iommu offset too big for device mask"),
              wording(SymptomKind.NOT_ADDRESSABLE, "not addressable", "not addressable"),
              wording(
                  SymptomKind.NOT_ADDRESSABLE,
                  "dma",
                  "no (?:suitable|usable) dma|(?:failed|unable) to set (?:\\S+ )?dma mask"),
              wording(
                  SymptomKind.DDW_MAP_FAILED,
                  "failed to map",
                  "failed to map (?:direct|dma) window"),
              wording(SymptomKind.DDW_MAP_FAILED, "create ddw failed", "create ddw failed"),
              wording(SymptomKind.ALLOC_FAILED, "iommu_alloc", "iommu_alloc failed"),
              wording(
                  SymptomKind.ALLOC_FAILED,
                  "dma",
                  "\\b[rt]x dma map failed|dma mapping (?:error|failed)"),
              wording(SymptomKind.DMA_FAULT, "dma", "\\bdma (?:fault|error)"),
              wording(SymptomKind.DMA_FAULT, "iommu fault", "iommu fault"),
              wording(SymptomKind.DMA_FAULT, "abort", "(?:master|target) abort"),
              wording(SymptomKind.DMA_FAULT, "fatal error", "bus fatal error"),
              wording(SymptomKind.DMA_FAULT, "controller", "controller is down; will reset"),
              wording(SymptomKind.DMA_FAULT, "controller", "controller died"),
              wording(SymptomKind.DMA_FAULT, "host system error", "host system error"),
              wording(
                  SymptomKind.DMA_FAULT, "timeout", "enable_hca.*timeout|timeout.*enable_hca")));

  private static final String PCI_ADDRESS = "\\b([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7])";

  private static final Pattern ADDRESS = Pattern.compile(PCI_ADDRESS + "\\b");

  /** Interfaces with their addresses: in the kernel's names, in those of udev, and InfiniBand's. */
  private static final Phrases<String> NAMED =
      new Phrases<>(List.of(named("eth"), named("en"), named("ib")));

  private static final Pattern INTERFACE = Pattern.compile("\\b((?:eth|en|ib)\\w*\\d\\w*)\\b");

  /** What the PCI core and the window code say of devices that no driver has yet. */
  private static final Pattern SET_UP =
      Pattern.compile(
          "pci \\p{XDigit}{4}:|: node is |enabling device|lsa_required|pe-dma-window|tce table"
              + "|DMA window|[Aa]dding to iommu");

  private Complaint() {}

  private static Phrases.Phrase<SymptomKind> wording(
      SymptomKind kind, String literal, String pattern) {
    return phrase(literal, "(?i)" + pattern, kind);
  }

  private static Phrases.Phrase<String> named(String kind) {
    return phrase(" " + kind, PCI_ADDRESS + " (" + kind + "\\w+)\\b", kind);
  }

  /** What the line complains of, empty if of nothing. */
  static Optional<SymptomKind> of(String line) {
    return COMPLAINTS.in(line).map(Phrases.Found::meaning);
  }

  /** True unless the line only tells that the device is being set up, or of its windows. */
  static boolean showsWork(String line) {
    return !SET_UP.matcher(line).find();
  }

  /** The PCI address in a line, empty text if there is none. */
  static String address(String line) {
    Matcher matcher = ADDRESS.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The network interface that a line gives a PCI address to, empty text if it does not. */
  static String interfaceWithAddress(String line) {
    return NAMED.in(line).map(found -> found.words().group(2)).orElse("");
  }

  /** The network interface a line names, empty text if it names none. */
  static String interfaceName(String line) {
    Matcher matcher = INTERFACE.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }
}
