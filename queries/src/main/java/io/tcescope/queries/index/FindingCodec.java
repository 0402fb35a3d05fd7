package io.tcescope.queries.index;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Findings of the built-in rules, which name no messages, as bytes. */
final class FindingCodec {
  private FindingCodec() {}

  static void write(Finding finding, DataOutput out) throws IOException {
    out.writeString(finding.rule());
    out.writeString(finding.severity().name());
    out.writeString(finding.confidence().name());
    out.writeVLong(finding.ordinal());
    optional(finding.liobn(), out);
    out.writeVInt(finding.generation());
    optional(finding.ioba(), out);
    out.writeString(finding.message());
    Packed.value(finding.data(), out);
    Packed.list(finding.evidence(), out, FindingCodec::evidence);
  }

  private static void optional(OptionalLong number, DataOutput out) throws IOException {
    out.writeByte((byte) (number.isPresent() ? 1 : 0));
    if (number.isPresent()) {
      out.writeZLong(number.getAsLong());
    }
  }

  private static void evidence(Evidence evidence, DataOutput out) throws IOException {
    out.writeVLong(evidence.ordinal());
    out.writeString(evidence.note());
  }

  static Finding read(DataInput in) throws IOException {
    String rule = in.readString();
    Severity severity = Severity.valueOf(in.readString());
    Confidence confidence = Confidence.valueOf(in.readString());
    long ordinal = in.readVLong();
    OptionalLong liobn = optional(in);
    int generation = in.readVInt();
    OptionalLong ioba = optional(in);
    String message = in.readString();
    in.readByte(); // the type of the data is known
    Map<String, Object> data = Packed.map(in);
    List<Evidence> evidence =
        Packed.list(in, input -> new Evidence(input.readVLong(), input.readString()));
    return new Finding(
        rule, "", severity, confidence, ordinal, liobn, generation, ioba, message, data, evidence);
  }

  private static OptionalLong optional(DataInput in) throws IOException {
    return in.readByte() == 0 ? OptionalLong.empty() : OptionalLong.of(in.readZLong());
  }
}
