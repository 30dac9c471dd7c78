<?php
/**
 * Live_Site: a running site.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

/**
 * Asks a site over HTTP, as anyone or as its administrator, and runs code inside it.
 */
final class Live_Site {

	/**
	 * Its name in the rig.
	 *
	 * @var string
	 */
	public string $name;

	/**
	 * Path of the blog: "/", or a folder of a network.
	 *
	 * @var string
	 */
	public string $path;

	/**
	 * Cookies of the administrator: a file, "" before the login.
	 *
	 * @var string
	 */
	private string $cookies = '';

	/**
	 * Takes which.
	 *
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function __construct( string $name, string $path = '/' ) {
		$this->name = $name;
		$this->path = $path;
	}

	/**
	 * Scheme, host and port.
	 */
	public function origin(): string {
		return (string) Rig::all()['sites'][ $this->name ]['url'];
	}

	/**
	 * Path of a page of the seeds.
	 *
	 * @param string $name blocks, classic or names.
	 */
	public function page( string $name ): string {
		return (string) Rig::all()['sites'][ $this->name ]['seeds'][ $this->path ]['pages'][ $name ];
	}

	/**
	 * Number of an image of the seeds.
	 *
	 * @param string $name Such as photo.
	 */
	public function image( string $name ): int {
		return (int) Rig::all()['sites'][ $this->name ]['seeds'][ $this->path ]['images'][ $name ];
	}

	/**
	 * Asks for a path.
	 *
	 * @param string               $path    With its query.
	 * @param array<int, string>   $headers Such as "Accept: image/avif".
	 * @param array<string, mixed> $fields  Of a form that is sent; none asks by GET.
	 * @return Answer
	 */
	public function ask( string $path, array $headers = array(), array $fields = array() ): Answer {
		$options = array( CURLOPT_HTTPHEADER => $headers );
		if ( '' !== $this->cookies ) {
			$options += array(
				CURLOPT_COOKIEFILE => $this->cookies,
				CURLOPT_COOKIEJAR  => $this->cookies,
			);
		}
		if ( $fields ) {
			$options += array( CURLOPT_POSTFIELDS => http_build_query( $fields ) );
		}
		return Answer::of( $this->origin() . $path, $options );
	}

	/**
	 * The text of a page that must be there.
	 *
	 * @param string $path With its query.
	 * @throws \UnexpectedValueException Where it is not.
	 */
	public function text( string $path ): string {
		$answer = $this->ask( $path );
		if ( 200 !== $answer->status ) {
			throw new \UnexpectedValueException( "$this->name$path: status $answer->status: " . substr( $answer->body, 0, 300 ) );
		}
		return $answer->body;
	}

	/**
	 * This site for its administrator.
	 */
	public function as_administrator(): self {
		$site          = clone $this;
		$site->cookies = (string) tempnam( sys_get_temp_dir(), 'gip4all' );
		$site->ask( rtrim( $this->path, '/' ) . '/wp-login.php' );
		$site->ask(
			rtrim( $this->path, '/' ) . '/wp-login.php',
			array( 'Cookie: wordpress_test_cookie=WP%20Cookie%20check' ),
			array(
				'log'        => 'admin',
				'pwd'        => 'admin',
				'testcookie' => '1',
				'wp-submit'  => 'Log In',
			)
		);
		return $site;
	}

	/**
	 * Presses a button of the settings page, and gives the page that follows; only for an administrator.
	 *
	 * @param string $action The button's action.
	 * @throws \UnexpectedValueException Where the page has no such button.
	 */
	public function press( string $action ): string {
		$root = rtrim( $this->path, '/' );
		$page = $this->text( "$root/wp-admin/options-general.php?page=gip4all" );
		if ( 1 !== preg_match( "~name=\"action\" value=\"$action\"><input type=\"hidden\" name=\"_wpnonce\" value=\"([0-9a-f]+)\"~", $page, $nonce ) ) {
			throw new \UnexpectedValueException( "no button $action" );
		}
		$answer = $this->ask(
			"$root/wp-admin/admin-post.php",
			array(),
			array(
				'action'   => $action,
				'_wpnonce' => $nonce[1],
			)
		);
		if ( 302 !== $answer->status ) {
			throw new \UnexpectedValueException( "$action: status $answer->status" );
		}
		return $this->text( "$root/wp-admin/options-general.php?page=gip4all&settings-updated=true" );
	}

	/**
	 * The nonce for REST; only for an administrator.
	 */
	public function nonce(): string {
		return trim( $this->text( rtrim( $this->path, '/' ) . '/wp-admin/admin-ajax.php?action=rest-nonce' ) );
	}

	/**
	 * Runs code inside the site and gives what it printed.
	 *
	 * @param string $code PHP without its opening tag.
	 * @throws \RuntimeException With what it said when it failed.
	 */
	public function run( string $code ): string {
		$file = (string) tempnam( sys_get_temp_dir(), 'gip4all' );
		file_put_contents( $file, "<?php\n" . $code );
		$line = 'RIG_PATH=' . escapeshellarg( $this->path ) . ' ' . escapeshellarg( Rig::command() ) . ' php ' . escapeshellarg( $this->name ) . ' ' . escapeshellarg( $file ) . ' 2>&1';
		exec( $line, $said, $status );
		unlink( $file );
		if ( 0 !== $status ) {
			throw new \RuntimeException( "$this->name: " . implode( "\n", $said ) );
		}
		return implode( "\n", $said );
	}

	/**
	 * Runs code inside the site and gives what it returned.
	 *
	 * @param string $code A PHP expression.
	 * @return mixed As JSON keeps it.
	 */
	public function value( string $code ) {
		$said = $this->run( "wp_set_current_user( 1 );\necho \"\\n\", wp_json_encode( $code ), \"\\n\";" );
		$last = strrchr( rtrim( $said ), "\n" );
		return json_decode( trim( false === $last ? $said : $last ), true, 512, JSON_THROW_ON_ERROR );
	}
}
