package org.datagram4j.benchmarks.plot;

import java.awt.geom.Ellipse2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.benchmarks.run.Contender;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A line for each contender. */
final class LinePlot {
    private static final int HEIGHT = 460;
    private static final double DOT = 6;

    private final String title;
    private final List<Contender> contenders = new ArrayList<>();
    private final XYSeriesCollection data = new XYSeriesCollection();

    LinePlot(String title) {
        this.title = title;
    }

    /** The line to add points to. */
    XYSeries line(Contender contender) {
        int index = contenders.indexOf(contender);
        if (index < 0) {
            index = contenders.size();
            contenders.add(contender);
            data.addSeries(new XYSeries(contender.label()));
        }
        return data.getSeries(index);
    }

    boolean isEmpty() {
        return contenders.isEmpty();
    }

    /** A scale that is not logarithmic, beginning at 0. */
    static NumberAxis linear(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(true);
        return axis;
    }

    void write(ValueAxis x, ValueAxis y, boolean dots, Path file) throws IOException {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, dots);
        for (int i = 0; i < contenders.size(); i++) {
            renderer.setSeriesPaint(i, Look.line(contenders.get(i)));
            renderer.setSeriesStroke(i, Look.stroke(contenders.get(i)));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
        }
        renderer.setDrawSeriesLineAsPath(true);
        for (ValueAxis axis : List.of(x, y)) {
            axis.setTickLabelFont(Look.SMALL);
            axis.setLabelFont(Look.SMALL);
        }
        XYPlot plot = new XYPlot(data, x, y, renderer);
        plot.setDomainGridlinePaint(Look.GRID);
        plot.setRangeGridlinePaint(Look.GRID);
        Look.write(Look.chart(title, plot, true), HEIGHT, file);
    }
}
