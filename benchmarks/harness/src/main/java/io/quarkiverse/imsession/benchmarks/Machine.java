package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the measurements were made, as lines of text. */
final class Machine {

    private Machine() {
    }

    static List<String> describe(Database database, List<String> arguments) throws IOException {
        return List.of(
                "Command: `" + String.join(" ", "benchmarks/run", String.join(" ", arguments)).trim() + "`, revision "
                        + System.getenv().getOrDefault("REVISION", "unknown"),
                "Machine: " + Runtime.getRuntime().availableProcessors() + " × " + field("/proc/cpuinfo", "model name") + ", "
                        + Math.round(Double.parseDouble(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / (1 << 20))
                        + " GiB, " + System.getProperty("os.name") + ' ' + System.getProperty("os.version"),
                "Java " + System.getProperty("java.vm.version") + ", Node.js " + output("node", "--version") + ", "
                        + database.name() + ' ' + database.version());
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim()).findFirst().orElse("unknown");
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }
}
