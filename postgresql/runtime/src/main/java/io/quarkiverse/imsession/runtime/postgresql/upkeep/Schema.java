package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.SqlState;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.quarkiverse.imsession.runtime.postgresql.upkeep.SchemaPlan.Problem;
import io.quarkiverse.imsession.runtime.store.Stages;

/** Checks the tables, and makes them. */
public final class Schema {

    /** Instances that start at the same time wait for each other, as parallel statements that create the same table fail. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('quarkus-imsession schema'))";
    /** No request waits for it, but the start of the application does: a busy database has more time than for a request. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String START = "Sessions cannot be kept in PostgreSQL. ";
    private static final String QUIET = "SET LOCAL client_min_messages = warning";

    private final PgConnections connections;
    private final Tables tables;
    private final SchemaFile file;
    private final SchemaPlan plan;

    public Schema(PgConnections connections, Tables tables) {
        this.connections = connections.patient(PATIENCE);
        this.tables = tables;
        this.file = SchemaFile.of(tables);
        this.plan = new SchemaPlan(tables, file);
    }

    /**
     * Checks the tables. The stage fails if the database cannot be reached.
     *
     * @return a sentence with what is wrong and the statement that mends it; null if nothing is
     */
    public CompletionStage<@Nullable String> validate() {
        return facts().thenApply(facts -> plan.problem(facts).map(Schema::sentence).orElse(null));
    }

    /** Like {@link #validate}, and makes what is missing. */
    public CompletionStage<@Nullable String> create() {
        return facts().thenCompose(facts -> {
            Optional<Problem> problem = plan.problem(facts);
            if (problem.isEmpty() || !problem.get().isCreatable()) {
                return Stages.done(problem.map(Schema::sentence).orElse(null));
            }
            List<String> statements = new ArrayList<>(List.of(QUIET, ALONE));
            statements.addAll(file.all(facts.hasSchema()));
            return connections.script(String.join(";", statements), connections.deadline()).thenCompose(done -> validate())
                    .exceptionallyCompose(failure -> mayNot(problem.get(), facts, Failures.unwrap(failure)));
        });
    }

    private static CompletionStage<@Nullable String> mayNot(Problem problem, SchemaFacts facts, Throwable failure) {
        return SqlState.isOfRights(failure)
                ? Stages.done(START + problem.what() + ", and the role " + facts.role() + " may not make them: "
                        + problem.mend())
                : CompletableFuture.failedStage(failure);
    }

    private CompletionStage<SchemaFacts> facts() {
        return connections.read(SchemaFacts.query(tables), connections.deadline(), SchemaFacts::read);
    }

    private static String sentence(Problem problem) {
        return START + problem.what() + ": " + problem.mend()
                + (problem.isCreatable() ? "\nOr let the application do it, by quarkus.imsession.postgresql.schema=create"
                        : "");
    }
}
