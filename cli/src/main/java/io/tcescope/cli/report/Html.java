package io.tcescope.cli.report;

import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements of HTML and SVG. All text goes through the escapes of the writer, so nothing that
 * a recording holds can become markup.
 */
final class Html {
  private final XMLStreamWriter out;

  private Html(XMLStreamWriter out) {
    this.out = out;
  }

  /** Begins a document. */
  static Html document(Writer writer) {
    try {
      Html html = new Html(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer));
      html.out.writeDTD("<!DOCTYPE html>");
      return html;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Step {
    void run() throws XMLStreamException;
  }

  private Html step(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // written to memory, in an order that is ours
    }
  }

  /** Begins an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    return step(() -> out.writeStartElement(tag)).attributes(attributes);
  }

  /** Further attributes of the element that was just begun. */
  Html attributes(String... attributes) {
    return step(
        () -> {
          for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(attributes[i], attributes[i + 1]);
          }
        });
  }

  Html text(String text) {
    return step(() -> out.writeCharacters(text));
  }

  /** Ends the element that was begun last. */
  Html close() {
    return step(out::writeEndElement);
  }

  /** A whole element that holds text. */
  Html leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element that never holds anything. */
  Html empty(String tag, String... attributes) {
    return step(() -> out.writeEmptyElement(tag)).attributes(attributes);
  }

  /** Ends the document. */
  void end() {
    step(
        () -> {
          out.writeEndDocument();
          out.writeCharacters("\n");
          out.flush();
        });
  }
}
