package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertyNamesMatcher;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The settings of this extension, and those of the extensions of Quarkus on the class path. */
final class Settings {

    private static final String OWN = "quarkus.imsession.";

    /** One for each root: those that share a prefix hide each other in a common one. */
    private final List<ConfigClass> roots = roots();
    private final List<PropertyNamesMatcher> known = roots.stream()
            .map(root -> ConfigMappings.propertyNamesMatcher(List.of(root))).toList();

    /** Whether a key, which may begin with the name of a profile, names a setting. */
    boolean knows(String key) {
        return known.stream().anyMatch(root -> root.matches(withoutProfile(key)));
    }

    /** All keys name settings, and all values of those of this extension are valid. */
    void check(String text) {
        Map<String, String> values = values(text);
        assertThat(values.keySet()).isNotEmpty().allMatch(this::knows);
        Map<String, String> own = values.entrySet().stream()
                .filter(entry -> withoutProfile(entry.getKey()).startsWith(OWN))
                .collect(Collectors.toMap(entry -> withoutProfile(entry.getKey()), Map.Entry::getValue));
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(own, "page", 500));
        roots.stream().filter(root -> (root.getPrefix() + '.').startsWith(OWN)).forEach(config::withMapping);
        config.build();
    }

    private static String withoutProfile(String key) {
        return key.replaceFirst("^%[a-z]+\\.", "");
    }

    private static Map<String, String> values(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static List<ConfigClass> roots() {
        List<ConfigClass> roots = new ArrayList<>();
        try {
            ClassLoader loader = Settings.class.getClassLoader();
            for (URL list : Collections.list(loader.getResources("META-INF/quarkus-config-roots.list"))) {
                try (BufferedReader names = new BufferedReader(new InputStreamReader(list.openStream()))) {
                    for (String name : names.lines().toList()) {
                        roots.add(ConfigClass.configClass(Class.forName(name, false, loader)));
                    }
                }
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("The settings of Quarkus cannot be read", e);
        }
        return roots;
    }
}
