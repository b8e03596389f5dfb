package org.datagram4j.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.datagram4j.benchmarks.run.Contender;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.svg.SVGGraphics2D;

/** What all pictures have in common. The colours differ in brightness, too. */
final class Look {
    static final int WIDTH = 820;
    static final Font SMALL = new Font("SansSerif", Font.PLAIN, 12);
    static final Color GRID = new Color(0xDDDDDD);
    private static final Font TITLE = new Font("SansSerif", Font.BOLD, 15);
    private static final Color LIMIT = new Color(0x777777);
    private static final Color PEER = new Color(0xE69F00);
    private static final Color OURS = new Color(0x0072B2);
    private static final float THIN = 1.5f;
    private static final float THICK = 2.5f;

    private Look() {}

    /** C is grey, peers are orange, ours are blue. */
    static Color group(Contender contender) {
        return switch (contender.group()) {
            case LIMIT -> LIMIT;
            case PEER -> PEER;
            case OURS -> OURS;
        };
    }

    /** Colours for lines, which have to be told apart within a group. */
    static Color line(Contender contender) {
        return switch (contender) {
            case C -> new Color(0x000000);
            case C_BATCH -> new Color(0x555555);
            case C_SEGMENTS -> new Color(0x999999);
            case MIO -> new Color(0xD55E00);
            case NETTY, NETTY_BATCH, NETTY_SEGMENTS -> new Color(0xE69F00);
            case NETTY_NIO -> new Color(0xB8860B);
            case JAVA_NIO -> new Color(0xCC79A7);
            case VIRTUAL -> new Color(0x882255);
            case NIO, NIO_BATCH, NIO_SEGMENTS -> new Color(0x009E73);
            case FFM, FFM_BATCH -> new Color(0x0072B2);
            case FFM_SEGMENTS -> new Color(0x332288);
            case FFM_SLOTS -> new Color(0x4B0082);
            case JNA, JNA_BATCH, JNA_SEGMENTS, JNA_SLOTS -> new Color(0x56B4E9);
        };
    }

    static BasicStroke stroke(Contender contender) {
        boolean ours = contender.group() == org.datagram4j.benchmarks.run.Group.OURS;
        float[] dashes = ours ? null : new float[] {6, 3};
        return new BasicStroke(ours ? THICK : THIN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    static JFreeChart chart(String title, Plot plot, boolean legend) {
        JFreeChart chart = new JFreeChart(title, TITLE, plot, legend);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new org.jfree.chart.ui.RectangleInsets(8, 8, 8, 16));
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        if (legend) {
            chart.getLegend().setItemFont(SMALL);
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        }
        return chart;
    }

    static void write(JFreeChart chart, int height, Path file) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
        // the same picture has the same bytes
        graphics.setDefsKeyPrefix(file.getFileName().toString().replace('.', '-'));
        chart.setElementHinting(false);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        Files.writeString(file, graphics.getSVGDocument().stripTrailing() + "\n");
    }
}
