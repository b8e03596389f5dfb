package org.datagram4j.conformance.render;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML with an element on each line. Characters that XML cannot have, whatever a backend says, become U+FFFD. */
final class XmlFile {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String INDENT = "  ";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private int depth;
    private boolean leaf;

    XmlFile() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    XmlFile open(String element, String... attributes) {
        try {
            line();
            xml.writeStartElement(element);
            depth++;
            leaf = true;
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
            }
            return this;
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    XmlFile text(String content) {
        try {
            xml.writeCharacters(clean(content));
            return this;
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    XmlFile close() {
        try {
            depth--;
            if (!leaf) {
                line();
            }
            leaf = false;
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    String end() {
        try {
            xml.writeEndDocument();
            xml.flush();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    /** Seconds with three digits. */
    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n" + INDENT.repeat(depth));
    }

    private static String clean(String content) {
        StringBuilder clean = new StringBuilder(content.length());
        content.codePoints().forEach(point -> {
            boolean allowed = point == '\t'
                    || point == '\n'
                    || point == '\r'
                    || point >= ' ' && point <= '\uD7FF'
                    || point >= '\uE000' && point <= REPLACEMENT
                    || point > Character.MAX_VALUE;
            clean.appendCodePoint(allowed ? point : REPLACEMENT);
        });
        return clean.toString();
    }

    private static IllegalStateException impossible(XMLStreamException e) {
        return new IllegalStateException("writing XML to a string", e);
    }
}
