package org.datagram4j.tools;

import java.util.ArrayList;
import java.util.List;

/** Text in columns as wide as their widest cell; the last column may be as long as it likes. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** An empty table. */
    public Table() {}

    /**
     * Adds a row.
     *
     * @param cells its cells
     * @return this table
     */
    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /**
     * Adds a row.
     *
     * @param cells its cells
     * @return this table
     */
    public Table row(List<String> cells) {
        rows.add(cells);
        return this;
    }

    /**
     * The lines.
     *
     * @return each without trailing blanks
     */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), row.get(column).length()));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell)
                    .append(" ".repeat(widths.get(column) - cell.length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
