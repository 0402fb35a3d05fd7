package io.tcescope.engine.why;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a guest kernel or one of its drivers says when DMA is in trouble. */
final class Complaint {
  private record Wording(SymptomKind kind, Pattern pattern) {}

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording(SymptomKind.NETDEV_WATCHDOG, Pattern.compile("NETDEV WATCHDOG")),
          new Wording(
              SymptomKind.TX_HANG,
              Pattern.compile(
                  "Detected (?:Tx Unit|Hardware Unit) Hang|[Tt]x(?:mit)? (?:hang|timeout)")),
          new Wording(
              SymptomKind.NOT_ADDRESSABLE,
              Pattern.compile("IOMMU offset too big for device mask|not addressable")),
          new Wording(
              SymptomKind.DDW_MAP_FAILED,
              Pattern.compile("failed to map (?:direct|DMA) window|Create ddw failed")),
          new Wording(
              SymptomKind.DMA_FAULT,
              Pattern.compile("(?i)dma (?:fault|error)|bus fatal error|master abort")));

  private static final Pattern ADDRESS =
      Pattern.compile("\\b([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7])\\b");

  private static final Pattern NAMED =
      Pattern.compile("\\b[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7] ((?:eth|en|ib)\\w+)\\b");

  private static final Pattern INTERFACE = Pattern.compile("\\b((?:eth|en|ib)\\w*\\d\\w*)\\b");

  private Complaint() {}

  /** What the line complains of, empty if of nothing. */
  static Optional<SymptomKind> of(String line) {
    return WORDINGS.stream()
        .filter(wording -> wording.pattern.matcher(line).find())
        .map(Wording::kind)
        .findFirst();
  }

  /** The PCI address in a line, empty text if there is none. */
  static String address(String line) {
    Matcher matcher = ADDRESS.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The network interface that a line gives a PCI address to, empty text if it does not. */
  static String interfaceWithAddress(String line) {
    Matcher matcher = NAMED.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The network interface a line names, empty text if it names none. */
  static String interfaceName(String line) {
    Matcher matcher = INTERFACE.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }
}
