package org.acme.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.testing.WithSession;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import io.quarkus.test.junit.QuarkusTest;

/** A native executable has no reflection for what the pages of the shop ask of values. */
@QuarkusTest
@WithSession(value = "{lines: [{product: 'TEA', quantity: 2}]}", user = "ada")
class NativeTemplatesTest {

    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");

    @Inject
    Engine engine;

    @Test
    void pagesOfTheShopAreShownWithoutReflection() {
        Engine executable = withoutReflection();
        Cart cart = Cart.empty().with(Product.TEA).with(Product.TEA);

        assertThat(executable.getTemplate("Shop/page").data("products", List.of(Product.values())).render())
                .contains("Cart (1)", "Log out ada", "Tea, 4 €", "value=\"TEA\"");
        assertThat(executable.getTemplate("CartPage/page").data("cart", cart, "total", 8).render())
                .contains("2 × Tea", "value=\"TEA\"", "Total: 8 €");
        assertThat(executable.getTemplate("Checkout/page").data("cart", cart, "total", 8).render())
                .contains("2 × Tea", "Order for 8 €");
        assertThat(executable.getTemplate("Devices/page")
                .data("devices", List.of(new Devices.Device("id-of-a-phone", "Phone", Instant.EPOCH, false))).render())
                .contains("Phone, since 1970-01-01T00:00:00Z", "/devices/id-of-a-phone/end");
    }

    private Engine withoutReflection() {
        EngineBuilder builder = Engine.builder();
        engine.getValueResolvers().stream().filter(resolver -> !(resolver instanceof ReflectionValueResolver))
                .forEach(builder::addValueResolver);
        engine.getNamespaceResolvers().forEach(builder::addNamespaceResolver);
        engine.getSectionHelperFactories().values().stream().distinct().forEach(builder::addSectionHelper);
        return builder.addLocator(id -> Optional.of(new Source(TEMPLATES.resolve(id + ".html")))).build();
    }

    private record Source(Path file) implements TemplateLocation {

        @Override
        public Reader read() {
            try {
                return new StringReader(Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.empty();
        }
    }
}
