package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of the language of Prometheus that our dashboard and alerts use, and fails where they ask for what no sample
 * has, or for what has no meaning: a rate of a gauge, a counter without a rate, a label that an aggregation has dropped, two
 * vectors whose labels do not match.
 */
final class PromQl {

    /** The labels that Prometheus adds to each sample. */
    private static final Set<String> OF_TARGET = Set.of("job", "instance");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max");
    private static final Set<String> RATES = Set.of("rate", "increase");
    private static final Set<String> COMPARISONS = Set.of(">", "<", ">=", "<=", "==", "!=");
    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/", "and", "or", "unless");
    private static final Pattern COUNTER = Pattern.compile(".*_(?:total|sum|count|bucket)");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Pattern DURATION = Pattern.compile("[1-9]\\d*[smhd]|\\$__rate_interval|\\$__range");
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\$?[A-Za-z_]\\w*|\\d+(?:\\.\\d+)?[smhd]?|\"[^\"\\\\]*\"|=~|!~|!=|==|>=|<=|[-+*/(){}\\[\\],=<>])");

    /** What an expression gives: labels that its samples have; null if it is a number. */
    private record Value(Set<String> labels, boolean isRange) {

        static final Value NUMBER = new Value(null, false);

        boolean isNumber() {
            return labels == null;
        }
    }

    private final Map<String, List<Map<String, String>>> samples;
    private final Set<String> metrics = new TreeSet<>();
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private PromQl(Map<String, List<Map<String, String>>> samples, String text) {
        this.samples = samples;
        Matcher token = TOKEN.matcher(text.strip());
        int end = 0;
        while (token.find() && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        assertThat(end).as("What cannot be read: %s", text.strip().substring(end)).isEqualTo(text.strip().length());
    }

    /** The labels that the result of an expression has, and the metrics that it names. */
    record Result(Set<String> labels, Set<String> metrics) {
    }

    /** @param samples the labels of all samples by their metrics */
    static Result read(Map<String, List<Map<String, String>>> samples, String text) {
        PromQl reader = new PromQl(samples, text);
        Value value = reader.expression();
        assertThat(reader.rest()).as("After the end").isEmpty();
        assertThat(value.isNumber() || value.isRange()).as("No instant vector").isFalse();
        return new Result(value.labels(), reader.metrics);
    }

    private Value expression() {
        Value left = operand();
        while (isAny(OPERATORS) || isAny(COMPARISONS)) {
            String operator = take();
            Value right = operand();
            assertThat(left.isRange() || right.isRange()).as("%s of ranges", operator).isFalse();
            assertThat(left.isNumber() && right.isNumber()).as("%s of numbers", operator).isFalse();
            if (!left.isNumber() && !right.isNumber()) {
                assertThat(left.labels()).as("Labels of both sides of %s", operator).isEqualTo(right.labels());
            }
            left = left.isNumber() ? right : left;
        }
        return left;
    }

    private Value operand() {
        String token = take();
        if (NUMBER.matcher(token).matches()) {
            return Value.NUMBER;
        }
        if (token.equals("(")) {
            Value value = expression();
            expect(")");
            return value;
        }
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        if (RATES.contains(token)) {
            expect("(");
            Value value = selector(take(), COUNTER.asMatchPredicate());
            expect(")");
            assertThat(value.isRange()).as("%s needs a range", token).isTrue();
            return new Value(value.labels(), false);
        }
        if (token.equals("histogram_quantile")) {
            return quantile();
        }
        Value value = selector(token, COUNTER.asMatchPredicate().negate());
        assertThat(value.isRange()).as("%s has a range that nothing takes", token).isFalse();
        return value;
    }

    private Value aggregation() {
        Set<String> by = Set.of();
        if (isAny(Set.of("by"))) {
            take();
            by = names();
        }
        expect("(");
        Value value = expression();
        expect(")");
        assertThat(value.isNumber() || value.isRange()).as("An aggregation of something else than a vector").isFalse();
        assertThat(value.labels()).as("Labels of what is aggregated").containsAll(by);
        return new Value(by, false);
    }

    private Value quantile() {
        expect("(");
        assertThat(Double.parseDouble(take())).isBetween(0.0, 1.0);
        expect(",");
        Value value = expression();
        expect(")");
        assertThat(value.labels()).as("Labels of a histogram").contains("le");
        Set<String> labels = new TreeSet<>(value.labels());
        labels.remove("le");
        return new Value(labels, false);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        expect("(");
        do {
            names.add(take());
        } while (takeIf(","));
        expect(")");
        return names;
    }

    private Value selector(String metric, Predicate<String> kind) {
        assertThat(samples).as("Metrics that there are").containsKey(metric);
        assertThat(kind).as("A rate is of a counter, and a counter has a rate: %s", metric).accepts(metric);
        metrics.add(metric);
        List<Map<String, String>> chosen = samples.get(metric);
        Set<String> labels = new TreeSet<>(OF_TARGET);
        chosen.forEach(sample -> labels.addAll(sample.keySet()));
        if (takeIf("{")) {
            do {
                chosen = matched(metric, chosen, labels);
            } while (takeIf(","));
            expect("}");
        }
        boolean range = takeIf("[");
        if (range) {
            assertThat(take()).as("A time").matches(DURATION);
            expect("]");
        }
        return new Value(labels, range);
    }

    /** The samples that fit a matcher, each of whose alternatives fits some. */
    private List<Map<String, String>> matched(String metric, List<Map<String, String>> chosen, Set<String> labels) {
        String label = take();
        String operator = take();
        String quoted = take();
        assertThat(labels).as("Labels of %s", metric).contains(label);
        assertThat(List.of("=", "!=", "=~", "!~")).contains(operator);
        assertThat(quoted).matches("\".+\"");
        String value = quoted.substring(1, quoted.length() - 1);
        if (OF_TARGET.contains(label)) {
            return chosen;
        }
        Collection<String> alternatives = operator.endsWith("~") ? Arrays.asList(value.split("\\|")) : List.of(value);
        assertThat(samples.get(metric)).extracting(sample -> sample.get(label)).as("Values of %s of %s", label, metric)
                .containsAll(alternatives);
        List<Map<String, String>> left = chosen.stream()
                .filter(sample -> alternatives.contains(sample.get(label)) != operator.startsWith("!")).toList();
        assertThat(left).as("Samples of %s that fit all its matchers", metric).isNotEmpty();
        return left;
    }

    private List<String> rest() {
        return tokens.subList(next, tokens.size());
    }

    private boolean isAny(Set<String> expected) {
        return next < tokens.size() && expected.contains(tokens.get(next));
    }

    private String take() {
        assertThat(rest()).as("More").isNotEmpty();
        return Objects.requireNonNull(tokens.get(next++));
    }

    private boolean takeIf(String expected) {
        boolean is = isAny(Set.of(expected));
        next += is ? 1 : 0;
        return is;
    }

    private void expect(String expected) {
        assertThat(take()).isEqualTo(expected);
    }
}
