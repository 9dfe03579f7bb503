package io.quarkiverse.imsession.deployment;

import java.util.Map;
import java.util.Set;

import org.jboss.jandex.DotName;

/** The classes of the JDK that are known to be immutable, or mutable. */
final class ImmutableTypes {

    static final DotName LIST = DotName.createSimple("java.util.List");
    static final DotName SET = DotName.createSimple("java.util.Set");
    static final DotName COLLECTION = DotName.createSimple("java.util.Collection");
    static final DotName MAP = DotName.createSimple("java.util.Map");
    static final DotName OPTIONAL = DotName.createSimple("java.util.Optional");
    static final Set<DotName> GENERIC = Set.of(LIST, SET, COLLECTION, MAP, OPTIONAL);

    /** The types of keys of maps, besides enums. */
    static final Set<String> KEYS = Set.of("java.lang.String", "java.lang.Integer", "java.lang.Long", "java.util.UUID");

    private static final Set<String> SCALARS = Set.of("java.lang.String", "java.lang.Integer", "java.lang.Long",
            "java.lang.Boolean", "java.lang.Double", "java.lang.Float", "java.lang.Short", "java.lang.Byte",
            "java.lang.Character", "java.math.BigDecimal", "java.math.BigInteger", "java.util.UUID", "java.util.Currency",
            "java.util.Locale", "java.net.URI", "java.time.Instant", "java.time.LocalDate", "java.time.LocalTime",
            "java.time.LocalDateTime", "java.time.OffsetTime", "java.time.OffsetDateTime", "java.time.ZonedDateTime",
            "java.time.ZoneId", "java.time.ZoneOffset", "java.time.Duration", "java.time.Period", "java.time.Year",
            "java.time.YearMonth", "java.time.MonthDay");

    private static final String INSTANT = "java.time.Instant";

    private static final Map<String, String> MENDS = Map.ofEntries(
            Map.entry("java.util.Date", INSTANT), Map.entry("java.util.Calendar", "java.time.ZonedDateTime"),
            Map.entry("java.util.GregorianCalendar", "java.time.ZonedDateTime"), Map.entry("java.sql.Timestamp", INSTANT),
            Map.entry("java.sql.Date", "java.time.LocalDate"), Map.entry("java.sql.Time", "java.time.LocalTime"),
            Map.entry("java.util.TimeZone", "java.time.ZoneId"), Map.entry("java.lang.StringBuilder", "String"),
            Map.entry("java.lang.StringBuffer", "String"), Map.entry("java.lang.CharSequence", "String"),
            Map.entry("java.util.concurrent.atomic.AtomicInteger", "int"),
            Map.entry("java.util.concurrent.atomic.AtomicLong", "long"),
            Map.entry("java.util.concurrent.atomic.AtomicBoolean", "boolean"),
            Map.entry("java.util.OptionalInt", "Optional<Integer>"), Map.entry("java.util.OptionalLong", "Optional<Long>"),
            Map.entry("java.util.OptionalDouble", "Optional<Double>"), Map.entry("java.util.ArrayList", "java.util.List"),
            Map.entry("java.util.LinkedList", "java.util.List"), Map.entry("java.util.Vector", "java.util.List"),
            Map.entry("java.util.Queue", "java.util.List"), Map.entry("java.util.Deque", "java.util.List"),
            Map.entry("java.util.ArrayDeque", "java.util.List"), Map.entry("java.lang.Iterable", "java.util.List"),
            Map.entry("java.util.HashSet", "java.util.Set"), Map.entry("java.util.LinkedHashSet", "java.util.Set"),
            Map.entry("java.util.TreeSet", "java.util.Set"), Map.entry("java.util.SortedSet", "java.util.Set"),
            Map.entry("java.util.EnumSet", "java.util.Set"), Map.entry("java.util.HashMap", "java.util.Map"),
            Map.entry("java.util.LinkedHashMap", "java.util.Map"), Map.entry("java.util.TreeMap", "java.util.Map"),
            Map.entry("java.util.SortedMap", "java.util.Map"), Map.entry("java.util.EnumMap", "java.util.Map"),
            Map.entry("java.util.concurrent.ConcurrentHashMap", "java.util.Map"), Map.entry("java.util.BitSet", "a List"));

    private ImmutableTypes() {
    }

    static boolean isScalar(DotName type) {
        return SCALARS.contains(type.toString());
    }

    /** The class to declare instead of one that cannot be used. */
    static String mend(DotName type) {
        return MENDS.getOrDefault(type.toString(), "a record, whose components are immutable");
    }
}
