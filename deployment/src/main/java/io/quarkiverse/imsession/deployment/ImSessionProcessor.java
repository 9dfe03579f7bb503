package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.SessionRuntime;
import io.quarkiverse.imsession.runtime.cdi.ImSessionProducer;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.vertx.http.deployment.FilterBuildItem;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.NonApplicationRootPathBuildItem;
import io.quarkus.vertx.http.deployment.PreRouterFinalizationBuildItem;
import io.quarkus.vertx.http.deployment.VertxWebRouterBuildItem;
import io.quarkus.vertx.http.deployment.spi.StaticResourcesBuildItem;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Registers the filter and the bean for the session of a request. */
@BuildSteps(onlyIf = ImSessionProcessor.Enabled.class)
public final class ImSessionProcessor {

    static final String FEATURE = "imsession";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    AdditionalBeanBuildItem sessionBean() {
        return AdditionalBeanBuildItem.builder().addBeanClasses(ImSessionProducer.class, CurrentSession.class).build();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem runtime(ImSessionRecorder recorder, ImSessionBuildConfig config, ShutdownContextBuildItem shutdown) {
        return SyntheticBeanBuildItem.configure(SessionRuntime.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().unremovable().addInjectionPoint(ClassType.create(SessionStore.class))
                .addInjectionPoint(ClassType.create(Vertx.class))
                .createWith(recorder.runtime(config.security().enabled(), shutdown)).done();
    }

    /** The bean of the store, for the parts of the extension that are beans. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem store(ImSessionRecorder recorder) {
        return SyntheticBeanBuildItem.configure(GuardedStore.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().addInjectionPoint(ClassType.create(SessionRuntime.class))
                .createWith(recorder.guardedStore()).done();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Produce(PreRouterFinalizationBuildItem.class)
    void filter(ImSessionRecorder recorder, VertxWebRouterBuildItem routers, HttpRootPathBuildItem rootPath,
            NonApplicationRootPathBuildItem nonApplicationPath, Optional<StaticResourcesBuildItem> staticResources,
            ChosenStoreBuildItem store, ChosenResolversBuildItem resolvers, Optional<SpanMarkerBuildItem> spans,
            List<FilterBuildItem> filters, List<LogInPathBuildItem> logIns, List<PageBuildItem> pages) {
        recorder.checkConfig(store.isApplications(), resolvers.hasCookies());
        recorder.logSettings(store.toString(), resolvers.toString());
        recorder.installFilter(hasMainRouter(rootPath) ? routers.getMainRouter() : routers.getHttpRouter(),
                notOfTheApplication(rootPath, nonApplicationPath), staticResources(rootPath, staticResources),
                root(rootPath),
                logIns.stream().map(LogInPathBuildItem::path).toList(), pages.stream().map(PageBuildItem::path).toList(),
                spans.map(SpanMarkerBuildItem::marker),
                corsOf(filters));
    }

    /** The handler of refused requests, after the failure handlers of the application and before that of Quarkus. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Produce(PreRouterFinalizationBuildItem.class)
    FilterBuildItem refusals(ImSessionRecorder recorder, VertxWebRouterBuildItem routers, HttpRootPathBuildItem rootPath,
            Optional<ExceptionMappersBuildItem> mappers) {
        Handler<RoutingContext> refusals = recorder.refusals(mappers.map(ExceptionMappersBuildItem::mappers));
        if (hasMainRouter(rootPath)) {
            recorder.installRefusals(routers.getMainRouter(), refusals);
        }
        return FilterBuildItem.ofAuthenticationFailureHandler(refusals);
    }

    private static boolean hasMainRouter(HttpRootPathBuildItem rootPath) {
        return !rootPath.getRootPath().equals("/");
    }

    private static List<Handler<RoutingContext>> corsOf(List<FilterBuildItem> filters) {
        return filters.stream().filter(filter -> filter.getPriority() == SecurityHandlerPriorities.CORS)
                .map(FilterBuildItem::getHandler).toList();
    }

    /** The paths of Quarkus' own endpoints, unless they contain the path of the application. */
    private static List<String> notOfTheApplication(HttpRootPathBuildItem rootPath,
            NonApplicationRootPathBuildItem nonApplicationPath) {
        String path = nonApplicationPath.getNonApplicationRootPath();
        return root(rootPath).startsWith(path) ? List.of() : List.of(path + "*");
    }

    private static List<String> staticResources(HttpRootPathBuildItem rootPath, Optional<StaticResourcesBuildItem> resources) {
        String root = root(rootPath);
        // A path with an asterisk would be read as a pattern.
        return StaticFiles.find(resources).stream().filter(file -> file.indexOf('%') < 0 && file.indexOf('*') < 0)
                .map(file -> root + file).toList();
    }

    /** The root path of the application, with a slash at its end. */
    static String root(HttpRootPathBuildItem rootPath) {
        return rootPath.getRootPath().endsWith("/") ? rootPath.getRootPath() : rootPath.getRootPath() + "/";
    }

    /** Whether the application has sessions. */
    public static final class Enabled implements BooleanSupplier {

        private final ImSessionBuildConfig config;

        Enabled(ImSessionBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }
}
