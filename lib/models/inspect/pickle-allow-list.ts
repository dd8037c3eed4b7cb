const names = (module: string, list: string) => list.split(" ").map((name) => `${module}.${name}`);

/** Imports that only rebuild data. Exact names: an entry never covers a whole module. Everything else is reported as unlisted. */
const DATA_ONLY = new Set([
  ...names("builtins", "bytearray complex dict frozenset int float list set slice str tuple bool bytes object range"),
  ...names("__builtin__", "bytearray complex dict frozenset int float list set slice str tuple bool object long unicode xrange"),
  ...names("collections", "OrderedDict defaultdict deque Counter"),
  ...names("copyreg", "_reconstructor"), ...names("copy_reg", "_reconstructor"), ...names("_codecs", "encode"),
  ...names("datetime", "date datetime time timedelta timezone"), ...names("decimal", "Decimal"), ...names("uuid", "UUID"),
  ...["numpy.core.multiarray", "numpy._core.multiarray"].flatMap((m) => names(m, "_reconstruct scalar")),
  ...["numpy.core.numeric", "numpy._core.numeric"].flatMap((m) => names(m, "_frombuffer")),
  ...names("numpy", "dtype ndarray float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool_"),
  ...names("numpy.random._pickle", "__randomstate_ctor __bit_generator_ctor"),
  ...names("joblib.numpy_pickle", "NumpyArrayWrapper"), ...names("scipy.sparse._csr", "csr_matrix"), ...names("scipy.sparse._csc", "csc_matrix"),
  ...names("torch._utils", "_rebuild_tensor _rebuild_tensor_v2 _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor"),
  ...names("torch", "Size device Tensor dtype float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 bool float half long double int short"),
  ...names("torch", "FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage BoolStorage"),
  ...names("torch.storage", "UntypedStorage TypedStorage _load_from_bytes"), ...names("torch.nn.parameter", "Parameter"), ...names("torch.serialization", "_get_layout"),
]);
// Loads a nested pickle from bytes that this walk does not see.
DATA_ONLY.delete("torch.storage._load_from_bytes");

/** Modules and functions no model needs in order to load: their presence alone says hostile. Not what keeps anybody safe, only what turns "ask a person" into "refused". */
const HOSTILE_MODULES = new Set("os posix nt sys subprocess socket shutil pty ctypes _ctypes runpy webbrowser commands code codeop pdb bdb timeit cProfile profile trace pip ensurepip multiprocessing asyncio http urllib requests httplib ftplib smtplib telnetlib imaplib poplib xmlrpc ssl signal importlib imp pkgutil zipimport venv pydoc doctest idlelib lib2to3 distutils nturl2path".split(" "));
const HOSTILE_BUILTINS = new Set("eval exec execfile compile open __import__ input breakpoint exit quit globals locals vars help".split(" "));
const HOSTILE_NAMES = new Set(["torch.utils._config_module.load_config", "torch.hub.load", "torch.load", "numpy.load", "joblib.load", "pickle.loads", "pickle.load", "_pickle.loads", "_pickle.load", "cloudpickle.loads", "dill.loads", "marshal.loads", "types.FunctionType", "types.CodeType", "operator.attrgetter", "operator.methodcaller", "functools.partial.__call__", "numpy.testing._private.utils.runstring"]);

export type ImportStanding = "data_only" | "unlisted" | "hostile";

/** Where an import of a pickle stands. `module` and `name` as the pickle gives them. */
export function judgeImport(module: string, name: string): ImportStanding {
  const full = `${module}.${name}`;
  if (DATA_ONLY.has(full)) return "data_only";
  if (HOSTILE_MODULES.has(module.split(".")[0] ?? "") || HOSTILE_NAMES.has(full)) return "hostile";
  if ((module === "builtins" || module === "__builtin__") && HOSTILE_BUILTINS.has(name.split(".")[0] ?? "")) return "hostile";
  // Dotted names walk from an innocent class to anything it can reach; no library pickles these dunders.
  if (/(^|\.)__(globals|builtins|subclasses|code|import|getattribute|dict|mro|bases)__/.test(name)) return "hostile";
  return "unlisted";
}
