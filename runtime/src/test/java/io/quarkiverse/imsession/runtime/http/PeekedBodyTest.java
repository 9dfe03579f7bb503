package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

/** A form that was looked into is read as if it had not been. */
class PeekedBodyTest {

    private static final HttpServerOptions LIMITS = new HttpServerOptions().setMaxFormAttributeSize(2000).setMaxFormFields(20)
            .setMaxFormBufferedBytes(1000);
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String TOKEN = part("name=\"csrf-token\"", "abc");
    private static final int SMALL = 40;
    private static final long PATIENCE_SECONDS = 20;
    private static final int CHUNKS = 200_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Consumer<HttpServerRequest> reader;
    private int port;

    /** A form, as it is sent. */
    private record Form(String contentType, byte[] body) {

        static Form of(String contentType, String... body) {
            return new Form(contentType, String.join("", body).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return new String(body, 0, Math.min(SMALL, body.length), StandardCharsets.UTF_8);
        }
    }

    /** What {@code /peeked} gets was looked into before. */
    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer(LIMITS).requestHandler(request -> {
            if (request.path().equals("/plain")) {
                reader.accept(request);
            } else {
                PeekableRequest peekable = new PeekableRequest((HttpServerRequestInternal) request) {
                };
                peekable.peekFormField("csrf-token", new FormLimits(LIMITS.getMaxFormAttributeSize(), LIMITS.getMaxFormFields(),
                        LIMITS.getMaxFormBufferedBytes())).onSuccess(token -> reader.accept(peekable));
            }
        });
        port = server.listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    static List<Form> forms() {
        byte[] file = new byte[300_000];
        new Random(1).nextBytes(file);
        String bytes = new String(file, StandardCharsets.ISO_8859_1);
        return List.of(Form.of("application/x-www-form-urlencoded", "a=b&csrf-token=abc&c=%C3%A4+%26&a=d&e"),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc", "&a=", "b".repeat(1900)),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc", "&a=", "b".repeat(2100)),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc", "&a=b".repeat(18)),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc", "&a=b".repeat(30)),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc", "&", "n".repeat(1100)),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc&a=%zz"),
                Form.of("application/x-www-form-urlencoded", "csrf-token=abc&%zz=a"),
                Form.of("application/x-www-form-urlencoded", ""),
                Form.of(MULTIPART, TOKEN, part("name=\"a\"", "b"), part("name=\"ä\"", "ö"), "--b--\r\n"),
                Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x.txt\"\r\nContent-Type: text/plain", "hello"), "--b--"),
                Form.of(MULTIPART, part("name=\"f\"; filename=\"\"", ""), TOKEN, "--b--\r\n"),
                Form.of(MULTIPART, part("name=\"\"; filename=\"x\"", "hello"), TOKEN, "--b--\r\n"),
                Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"\r\nContent-Length: 5\r\n"
                        + "Content-Transfer-Encoding: binary\r\nContent-Type: text/x; charset=UTF-16", "hello"), "--b--\r\n"),
                Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"", bytes), part("name=\"g\"; filename=\"y\"", bytes),
                        "--b--\r\n"),
                Form.of(MULTIPART, part("name=\"f\"; filename=\"x\"", bytes), TOKEN, "--b--\r\n"),
                Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"", "never ends")),
                Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"\r\nContent-Transfer-Encoding: none", "x"), "--b--"),
                Form.of(MULTIPART, TOKEN, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
                        + "Content-Disposition: attachment; filename=\"x\"\r\n\r\nhello\r\n--c--\r\n", "--b--"),
                Form.of(MULTIPART, "nothing at all"), Form.of(MULTIPART, ""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void fieldsAndFilesAreTheSame(Form form) throws Exception {
        reader = PeekedBodyTest::tellForm;
        for (Version version : Version.values()) {
            assertThat(send("/peeked", form, version, false)).isEqualTo(send("/plain", form, version, false));
            assertThat(send("/peeked", form, version, true)).isEqualTo(send("/plain", form, version, true));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void bytesAreTheSame(Form form) throws Exception {
        reader = request -> {
            request.body().onSuccess(
                    body -> request.response().end(request.formAttributes().size() + " " + Arrays.hashCode(body.getBytes())));
            request.resume();
        };
        for (Version version : Version.values()) {
            assertThat(send("/peeked", form, version, true)).isEqualTo("0 " + Arrays.hashCode(form.body()));
        }
    }

    @Test
    void fileGoesToTheFileSystem(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        reader = request -> {
            request.setExpectMultipart(true);
            request.uploadHandler(upload -> upload.streamToFileSystem(file.toString())
                    .onComplete(done -> request.response().end(done.succeeded() + " " + (upload.file() != null))));
        };
        String content = "content of a file ".repeat(20_000);
        assertThat(send("/peeked", Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"", content), "--b--"),
                Version.HTTP_1_1, false)).isEqualTo("true true");
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @Test
    void fileThatIsNotWantedAnyMoreLeavesNothing(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        reader = request -> {
            request.setExpectMultipart(true);
            request.uploadHandler(upload -> {
                upload.streamToFileSystem(file.toString()).onComplete(done -> request.response().end(done.succeeded() + ""));
                upload.cancelStreamToFileSystem();
            });
        };
        assertThat(send("/peeked", Form.of(MULTIPART, TOKEN, part("name=\"f\"; filename=\"x\"", "hello"), "--b--"),
                Version.HTTP_1_1, false)).isEqualTo("false");
        assertThat(file).doesNotExist();
    }

    /** Whoever reads a file slowly holds up the client, and no memory. */
    @Test
    void fileIsReadAsItsReaderAsks() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(2).nextBytes(content);
        reader = request -> {
            request.setExpectMultipart(true);
            Buffer read = Buffer.buffer();
            request.uploadHandler(upload -> {
                upload.pause();
                upload.handler(data -> {
                    read.appendBuffer(data);
                    vertx.setTimer(1, ignored -> upload.fetch(1));
                });
                upload.fetch(1);
            });
            request.endHandler(ignored -> vertx.setPeriodic(1, timer -> {
                if (read.length() >= content.length) {
                    vertx.cancelTimer(timer);
                    request.response().end(Arrays.hashCode(read.getBytes()) + "");
                }
            }));
            request.resume();
        };
        Form form = Form.of(MULTIPART, TOKEN, "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n");
        byte[] end = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] body = Buffer.buffer(form.body()).appendBytes(content).appendBytes(end).getBytes();
        assertThat(send("/peeked", new Form(MULTIPART, body), Version.HTTP_1_1, false))
                .isEqualTo(Arrays.hashCode(content) + "");
    }

    @Test
    void clientThatGoesAwayIsTold() throws Exception {
        CompletableFuture<Throwable> ofFile = new CompletableFuture<>();
        CompletableFuture<Throwable> ofRequest = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        reader = request -> {
            request.setExpectMultipart(true);
            request.exceptionHandler(ofRequest::complete);
            request.uploadHandler(upload -> {
                upload.exceptionHandler(ofFile::complete);
                begun.complete(null);
            });
            request.resume();
        };
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /peeked HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + MULTIPART
                    + "\r\nContent-Length: 1000000\r\n\r\n"
                    + TOKEN + "--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\nhello")
                    .getBytes(StandardCharsets.US_ASCII));
            begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(ofFile.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(HttpClosedException.class);
        assertThat(ofRequest.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(HttpClosedException.class);
    }

    /** Each chunk finds the handler there or not, and never loses it in between. */
    @Test
    void handlerCanBeTakenAwayByAnotherThread() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        vertx.exceptionHandler(failures::add);
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<CompletableFuture<Void>> taking = new CompletableFuture<>();
        reader = request -> {
            request.endHandler(ignored -> over.complete(null));
            // From now on setting a handler does nothing else, so that it is set and taken away most often.
            request.resume();
            taking.complete(CompletableFuture.runAsync(() -> {
                while (!over.isDone() && !request.isEnded()) {
                    setAndTakeAway(request);
                }
            }));
        };
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(("POST /peeked HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\nf\r\ncsrf-token=abc&\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = "1\r\na\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < CHUNKS; i++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            over.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        taking.get(PATIENCE_SECONDS, TimeUnit.SECONDS).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(failures).isEmpty();
    }

    private static void setAndTakeAway(HttpServerRequest request) {
        try {
            request.handler(chunk -> {
            });
        } catch (IllegalStateException e) {
            // The body has ended meanwhile.
            return;
        }
        request.handler(null);
    }

    /** Tells all there is to know of a form, or why there is none. */
    private static void tellForm(HttpServerRequest request) {
        StringBuilder told = new StringBuilder();
        request.setExpectMultipart(true);
        request.exceptionHandler(failure -> told.append(failure instanceof DecoderException ? "failed " : failure));
        request.uploadHandler(upload -> tellFile(upload, told));
        request.endHandler(ignored -> {
            told.append(request.isExpectMultipart()).append(request.isEnded()).append(request.formAttributes().entries());
            request.response().end(told.toString());
        });
        request.resume();
    }

    private static void tellFile(HttpServerFileUpload upload, StringBuilder told) {
        Buffer content = Buffer.buffer();
        told.append(List.of(upload.name(), upload.filename(), upload.contentType(), upload.contentTransferEncoding(),
                upload.charset(), upload.isSizeAvailable()));
        upload.handler(content::appendBuffer);
        upload.endHandler(ignored -> told
                .append(List.of(upload.size(), upload.isSizeAvailable(), content.length(),
                        Arrays.hashCode(content.getBytes()))));
    }

    private String send(String path, Form form, Version version, boolean chunked) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).version(version)
                .header("Content-Type", form.contentType())
                .POST(chunked ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form.body()))
                        : BodyPublishers.ofByteArray(form.body()))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).get(PATIENCE_SECONDS, TimeUnit.SECONDS).body();
    }

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }
}
