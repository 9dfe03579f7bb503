package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An application that has its tokens carried in its own way tells the tests how. */
@QuarkusTest
@TestProfile(OwnResolverTest.Settings.class)
class OwnResolverTest {

    @Test
    @WithSession("{user_id: 'ada'}")
    void requestsCarryTheTokenAsTheTestsSay(TestSession made) {
        String token = made.token();
        given().get("/user").then().body(is("ada"));
        given().get("/login?user=ada").then().statusCode(204);
        assertThat(made.token()).isNotEqualTo(token);
        given().get("/payment").then().statusCode(200);
    }

    public static class Settings implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(HeaderResolver.class, HeaderCarrier.class);
        }
    }

    @Singleton
    @Alternative
    public static class HeaderResolver implements SessionIdResolver {

        static final String HEADER = "X-Ticket";

        @Override
        public Set<String> tokens(HttpServerRequest request) {
            return Set.copyOf(request.headers().getAll(HEADER));
        }

        @Override
        public boolean isAmbient(HttpServerRequest request) {
            return false;
        }

        @Override
        public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
            response.headers().set(HEADER, token);
        }

        @Override
        public void remove(HttpServerRequest request, HttpServerResponse response) {
            response.headers().set(HEADER, "");
        }
    }

    @Singleton
    @Alternative
    public static class HeaderCarrier implements TokenCarrier {

        @Override
        public Map<String, String> headers(String token) {
            return Map.of(HeaderResolver.HEADER, token);
        }

        @Override
        public String received(Function<String, List<String>> headers) {
            return headers.apply(HeaderResolver.HEADER).stream().findFirst().orElse(null);
        }
    }
}
