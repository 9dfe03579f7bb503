package io.quarkiverse.imsession.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/** A report in AsciiDoc, as a part of a page of the documentation. */
final class AsciiDoc {

    private final StringBuilder text = new StringBuilder();
    private boolean inTable;

    private AsciiDoc() {
    }

    /** @param markdown with titles, lists and tables */
    static String of(String markdown) {
        AsciiDoc result = new AsciiDoc();
        markdown.lines().forEach(result::add);
        result.endTable();
        return result.text.toString();
    }

    private void add(String line) {
        if (line.startsWith("| ---")) {
            return;
        }
        if (line.startsWith("|")) {
            row(List.of(line.substring(1, line.length() - 1).split("\\|", -1)));
            return;
        }
        endTable();
        // The page has a title of its own.
        if (!line.startsWith("# ")) {
            line(line.replaceFirst("^## ", "== ").replaceFirst("^- ", "* "));
        }
    }

    private void row(List<String> cells) {
        if (!inTable) {
            inTable = true;
            String columns = cells.stream().skip(1).map(cell -> ",>1").collect(Collectors.joining("", "<2", ""));
            line("[cols=\"" + columns + "\",options=\"header\"]");
            line("|===");
        }
        line(cells.stream().map(cell -> "|" + cell.strip()).collect(Collectors.joining(" ")));
    }

    private void endTable() {
        if (inTable) {
            inTable = false;
            line("|===");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
